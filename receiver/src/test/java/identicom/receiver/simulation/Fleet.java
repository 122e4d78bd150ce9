package identicom.receiver.simulation;

import identicom.receiver.whitelist.Known;
import identicom.schema.Topic;
import identicom.schema.v1.UnitRecord;
import identicom.schema.v1.UnitState;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The whitelist's master: a database that is sometimes away, and its records on their way to main. */
final class Fleet {
    private static final long LOOKUP_LIMIT = TimeUnit.MILLISECONDS.toNanos(500);

    private final World world;
    private final Map<String, Known> units = new LinkedHashMap<>();
    private final Set<String> ours = new HashSet<>();
    private boolean away;

    Fleet(World world) {
        this.world = world;
    }

    void put(String serial, boolean commissioned) {
        Known before = units.get(serial);
        Known now = new Known(before == null ? 1 : before.version() + 1, commissioned);
        units.put(serial, now);
        if (commissioned) {
            ours.add(serial);
        }
        world.time.after(world.dice.millis(1, 500), () -> publish(serial, now));
    }

    private void publish(String serial, Known known) {
        UnitRecord record = UnitRecord.newBuilder()
                .setSerial(serial)
                .setVersion(known.version())
                .setState(known.commissioned() ? UnitState.COMMISSIONED : UnitState.DECOMMISSIONED)
                .build();
        world.main.append(Topic.UNITS, serial.getBytes(StandardCharsets.UTF_8), record.toByteArray());
    }

    void commissionAll() {
        ours.stream().sorted().filter(serial -> !isOurs(serial)).forEach(serial -> put(serial, true));
    }

    private boolean isOurs(String serial) {
        Known known = units.get(serial);
        return known != null && known.commissioned();
    }

    boolean everOurs(String serial) {
        return ours.contains(serial);
    }

    void setAway(boolean now) {
        away = now;
    }

    /** As the station's look-up threads answer: soon, or failing at the time limit. */
    CompletableFuture<Optional<Known>> find(String serial, SimulatedStation asking) {
        CompletableFuture<Optional<Known>> found = new CompletableFuture<>();
        boolean answers = !away && (world.calm() || !world.dice.oneIn(20));
        if (!answers) {
            asking.couldNotAsk(serial);
        }
        world.time.after(
                answers ? world.dice.millis(1, 30) : LOOKUP_LIMIT,
                () -> asking.outside(() -> {
                    if (answers) {
                        asking.heardOf(serial, isOurs(serial));
                        found.complete(Optional.ofNullable(units.get(serial)));
                    } else {
                        found.completeExceptionally(new TimeoutException("nobody answers"));
                    }
                }));
        return found;
    }
}
