package identicom.systemtests.torture;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A place in the product's code, known by its methods' names, at which a process is ended or halted. Nothing in the product knows of it.
 *
 * @param part whose process it is in
 * @param when in words
 * @param steps methods that one thread comes to one after the other; the last is the place
 * @param without parts that stand still meanwhile, so that it is one cluster that has acknowledged and the other that has not
 */
record Point(Part part, String when, List<Step> steps, List<Part> without) {
    private static final String SESSION = "identicom.receiver.session.";
    private static final String SERVER = "identicom.receiver.server.";
    private static final String COMMIT = "org.postgresql.jdbc.PgConnection.commit";
    private static final Step OUTBOX_ROW = before("identicom.runtime.kafka.OutboxLane$Row.order");

    /** @param after at its return, else at its beginning; only for methods that return nothing */
    record Step(String type, String method, boolean after) {
        @Override
        public String toString() {
            return (after ? "after " : "at ") + type.substring(type.lastIndexOf('.') + 1) + "." + method;
        }
    }

    private static final List<Point> STATION = List.of(
            of(
                    Part.STATION_1,
                    "entries acknowledged by main, their delete not written",
                    before(SESSION + "LogRun.deleting")),
            of(
                    Part.STATION_1,
                    "the log's delete just written",
                    before(SESSION + "LogRun.deleting"),
                    after(SERVER + "SessionHandler.send")),
            of(
                    Part.STATION_1,
                    "a picture's last acknowledgement is there, its delete not written",
                    before(SESSION + "PictureReading.erase")),
            of(
                    Part.STATION_1,
                    "a picture's delete just written",
                    before(SESSION + "PictureReading.erase"),
                    after(SERVER + "SessionHandler.send")),
            of(Part.STATION_1, "a command written, not told as sent", before(SERVER + "SessionCommands.sent")),
            of(Part.STATION_1, "a command answered, its answer not told", before(SERVER + "SessionCommands.answered")),
            new Point(
                    Part.STATION_1,
                    "a critical event acknowledged by priority, not by main",
                    List.of(before(SERVER + "CriticalLedger.acknowledged")),
                    List.of(Part.MAIN_1, Part.MAIN_2, Part.MAIN_3)),
            new Point(
                    Part.STATION_1,
                    "a critical event acknowledged by main, not by priority",
                    List.of(before(SERVER + "CriticalLedger.acknowledged")),
                    List.of(Part.PRIORITY)));

    private static final List<Point> SERVICES = List.of(
            of(
                    Part.LOG_SERVICE,
                    "events written, not committed",
                    before("identicom.logservice.events.EventStore.store"),
                    before(COMMIT)),
            of(
                    Part.LOG_SERVICE,
                    "events committed, their offsets not",
                    before("identicom.logservice.events.LogMeters.batch")),
            of(
                    Part.ALERT_SERVICE,
                    "an alert written, not committed",
                    before("identicom.alertservice.store.Intake.write"),
                    before(COMMIT)),
            of(
                    Part.ALERT_SERVICE,
                    "an alert committed, its offset not",
                    before("identicom.alertservice.store.Intake.write"),
                    after(COMMIT)),
            of(
                    Part.ALERT_SERVICE,
                    "an alert raised and told to no screen",
                    before("identicom.alertservice.store.Intake.write"),
                    before("identicom.alertservice.stream.Feed.wake")),
            of(
                    Part.MEDIA_SERVICE,
                    "a picture flushed to the store, its row not written",
                    before("identicom.mediaservice.store.FolderStore.flushed"),
                    after("identicom.mediaservice.store.FolderDeposit.commit")),
            of(
                    Part.MEDIA_SERVICE,
                    "a picture's row committed, its offsets not",
                    before("identicom.mediaservice.store.FolderStore.flushed"),
                    before("identicom.mediaservice.assembly.PictureIntake.count")),
            of(
                    Part.FLEET_SERVICE,
                    "the outbox acknowledged by the broker, its rows not marked",
                    OUTBOX_ROW,
                    before("identicom.runtime.kafka.OutboxLane.settle")),
            of(
                    Part.FLEET_SERVICE,
                    "a command's answer written, not committed",
                    before("identicom.fleetservice.commands.CommandResults.answer"),
                    before(COMMIT)),
            of(
                    Part.FLEET_SERVICE,
                    "a command's answer committed, its offset not",
                    before("identicom.fleetservice.commands.CommandResults.answer"),
                    after(COMMIT)),
            of(Part.FLEET_SERVICE, "the outbox's rows marked, not committed", OUTBOX_ROW, before(COMMIT)));

    static List<Point> all() {
        return Stream.of(STATION, SERVICES).flatMap(List::stream).toList();
    }

    private static Point of(Part part, String when, Step... steps) {
        return new Point(part, when, Arrays.asList(steps), List.of());
    }

    private static Step before(String method) {
        return step(method, false);
    }

    private static Step after(String method) {
        return step(method, true);
    }

    private static Step step(String method, boolean after) {
        int dot = method.lastIndexOf('.');
        return new Step(method.substring(0, dot), method.substring(dot + 1), after);
    }

    @Override
    public String toString() {
        return when + " (" + steps.stream().map(Step::toString).collect(Collectors.joining(", then ")) + ")";
    }
}
