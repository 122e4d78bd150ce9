package identicom.receiver.simulation;

import com.google.protobuf.ByteString;
import identicom.schema.Topic;
import identicom.schema.v1.Command;
import identicom.schema.v1.CommandOutcome;
import identicom.schema.v1.CommandResult;
import identicom.wire.codec.Instructions;
import identicom.wire.message.Octets;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The commands that people ask for, as fleet-service hands them on: what units did of them, and what main was told. */
final class Orders {
    private static final int MOST_WAITING = 16;
    private static final long EPOCH_US = 1_700_000_000_000_000L;
    private static final long LATE_US = TimeUnit.SECONDS.toMicros(60);
    private static final int SPREAD = 0x9e3779b1;

    private static final class Order {
        private final Command command;
        private final Set<String> doneBy = new HashSet<>();
        private final List<identicom.wire.message.CommandResult> answers = new ArrayList<>();
        private boolean answered;
        private boolean cancelled;

        Order(Command command) {
            this.command = command;
        }
    }

    private final World world;
    private final Map<Integer, Order> orders = new LinkedHashMap<>();

    Orders(World world) {
        this.world = world;
    }

    private long nowUs() {
        return EPOCH_US + world.time.nanos() / 1_000;
    }

    /** Somebody asks for something, and sometimes thinks better of it. */
    void ask(String serial) {
        if (waiting(serial) >= MOST_WAITING) {
            return;
        }
        int opcode = world.dice.between(1, Instructions.SET_CLOCK);
        long patience = world.dice.oneIn(4) ? world.dice.between(2, 60) : 7_200;
        Command command = Command.newBuilder()
                .setSerial(serial)
                .setTicket((orders.size() + 1) * SPREAD)
                .setOpcode(opcode)
                .setArguments(ByteString.copyFrom(world.dice.bytes(
                        opcode == Instructions.SET_CLOCK
                                ? 0
                                : world.dice.below(identicom.wire.message.Command.MAX_ARGUMENTS + 1))))
                .setCreatedAtUs(nowUs())
                .setExpiresAtUs(nowUs() + TimeUnit.SECONDS.toMicros(patience))
                .build();
        Order order = new Order(command);
        orders.put(command.getTicket(), order);
        append(command);
        if (world.dice.oneIn(4)) {
            world.time.after(world.dice.millis(0, 20_000), () -> cancel(order));
        }
    }

    private void cancel(Order order) {
        if (!order.answered) {
            order.cancelled = true;
            append(Command.newBuilder()
                    .setSerial(order.command.getSerial())
                    .setTicket(order.command.getTicket())
                    .setCancelled(true)
                    .build());
        }
    }

    private void append(Command command) {
        world.time.after(
                world.dice.millis(1, 500),
                () -> world.main.append(
                        Topic.COMMANDS, command.getSerial().getBytes(StandardCharsets.UTF_8), command.toByteArray()));
    }

    /** How many are still to be done by this unit. */
    int waiting(String serial) {
        long now = nowUs();
        return (int) orders.values().stream()
                .filter(order -> order.command.getSerial().equals(serial))
                .filter(order -> !order.answered && !order.cancelled && order.command.getExpiresAtUs() > now)
                .count();
    }

    /** A unit was told to do this, and does it: it does not remember the ticket. */
    identicom.wire.message.CommandResult done(UnitModel unit, identicom.wire.message.Command told) {
        String name = unit.name();
        Order order = orders.get((int) told.ticket());
        identicom.wire.message.CommandResult result = new identicom.wire.message.CommandResult(
                told.ticket(),
                world.dice.oneIn(6) ? world.dice.below(6) : 0,
                Octets.of(world.dice.bytes(world.dice.below(5))));
        if (order == null) {
            world.violated(name + " is to do what nobody asked for: " + told);
            return result;
        }
        Command asked = order.command;
        world.require(asked.getSerial().equals(unit.serial()), () -> name + " is to do what another is asked: " + told);
        boolean clock =
                asked.getOpcode() == Instructions.SET_CLOCK && told.arguments().size() == Integer.BYTES;
        world.require(
                asked.getOpcode() == told.opcode()
                        && (clock
                                || asked.getArguments()
                                        .equals(ByteString.copyFrom(
                                                told.arguments().toArray()))),
                () -> name + " is to do something else than was asked: " + told);
        world.require(
                nowUs() < asked.getExpiresAtUs() + LATE_US || world.clocksWereSet(),
                () -> name + " is to do what has expired: " + told);
        world.require(order.doneBy.add(name), () -> name + " did it twice: " + told);
        order.answers.add(result);
        world.count(Reached.COMMAND_DONE);
        return result;
    }

    /** Main has this record. */
    void told(CommandResult result) {
        Order order = orders.get(result.getTicket());
        if (order == null || !order.command.getSerial().equals(result.getSerial())) {
            world.violated("told of a command that nobody asked for: " + result);
            return;
        }
        if (result.getOutcome() == CommandOutcome.ANSWERED) {
            order.answered = true;
            world.require(
                    order.answers.stream()
                            .anyMatch(answer -> answer.status() == result.getStatus()
                                    && result.getResult()
                                            .equals(ByteString.copyFrom(
                                                    answer.result().toArray()))),
                    () -> "told as answered, and no unit did: " + result);
        }
    }
}
