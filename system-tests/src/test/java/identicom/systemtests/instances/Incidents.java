package identicom.systemtests.instances;

import identicom.simulator.fleet.Fleet;
import identicom.simulator.line.DialingUnit;
import identicom.wire.event.StandardEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** One wearer after the other falls, and one unit after the other takes a picture, at a steady pace until it is stopped. */
final class Incidents implements AutoCloseable {
    private static final Duration BETWEEN_FALLS = Duration.ofMillis(300);
    private static final Duration BETWEEN_PICTURES = Duration.ofMillis(900);
    private static final int LEAST_BYTES = 5_000;
    private static final int MOST_BYTES = 40_000;

    private final Map<String, Long> fallen = new ConcurrentHashMap<>();
    private final Map<String, Long> taken = new ConcurrentHashMap<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("incidents").daemon(true).factory());
    private final Fleet falling;
    private final Fleet taking;
    private final RandomGenerator random;
    private final Future<?> falls;
    private final Future<?> pictures;

    /** @param falling whose units fall, each once @param taking whose units take a picture each */
    Incidents(Fleet falling, Fleet taking, long seed) {
        this.falling = falling;
        this.taking = taking;
        this.random = new Random(seed);
        this.falls = thread.scheduleAtFixedRate(this::fall, 0, BETWEEN_FALLS.toMillis(), TimeUnit.MILLISECONDS);
        this.pictures = thread.scheduleAtFixedRate(this::take, 0, BETWEEN_PICTURES.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void fall() {
        DialingUnit unit = falling.unit(fallen.size());
        fallen.put(unit.unit().serial(), System.nanoTime());
        unit.log(StandardEvent.MAN_DOWN);
    }

    private void take() {
        DialingUnit unit = taking.unit(taken.size());
        byte[] picture = new byte[random.nextInt(LEAST_BYTES, MOST_BYTES)];
        random.nextBytes(picture);
        taken.put(unit.unit().serial(), System.nanoTime());
        unit.unit().take(picture, Instant.now());
        unit.dial();
    }

    /** Who fell when, by {@link System#nanoTime()}. */
    Map<String, Long> fallen() {
        return Map.copyOf(fallen);
    }

    /** Who took a picture and dialled in with it, when. */
    Map<String, Long> taken() {
        return Map.copyOf(taken);
    }

    /** @throws ExecutionException it could not go on: there are too few units */
    void stop() throws InterruptedException, ExecutionException {
        for (Future<?> one : List.of(falls, pictures)) {
            if (one.isDone()) {
                one.get();
            }
        }
        close();
    }

    @Override
    public void close() {
        thread.close();
    }
}
