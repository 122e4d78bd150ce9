package identicom.receiver.simulation;

import com.google.protobuf.InvalidProtocolBufferException;
import identicom.receiver.commands.CommandBook;
import identicom.receiver.progress.ProgressBook;
import identicom.receiver.server.SessionRegistry;
import identicom.receiver.whitelist.Whitelist;
import identicom.schema.Topic;
import identicom.schema.v1.SessionRecord;
import identicom.schema.v1.UnitRecord;
import identicom.schema.v1.UnitState;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** What a station reads from main: unit records, picture progress and commands from their beginning, session records from where they end. */
final class Follower {
    private final World world;
    private final SimulatedStation station;
    private final SessionRegistry registry;
    private final int unitsAtStart;
    private final int progressAtStart;
    private final int commandsAtStart;
    private final int resultsAtStart;
    private @Nullable Whitelist whitelist;
    private @Nullable ProgressBook progress;
    private @Nullable CommandBook commands;
    private int units;
    private int progressed;
    private int sessions;
    private int asked;
    private int told;
    private boolean planned;

    Follower(World world, SimulatedStation station, SessionRegistry registry) {
        this.world = world;
        this.station = station;
        this.registry = registry;
        this.unitsAtStart = world.main.log(Topic.UNITS).size();
        this.progressAtStart = world.main.log(Topic.PICTURE_PROGRESS).size();
        this.commandsAtStart = world.main.log(Topic.COMMANDS).size();
        this.resultsAtStart = world.main.log(Topic.COMMAND_RESULTS).size();
        this.sessions = world.main.log(Topic.SESSIONS).size();
    }

    void start(Whitelist fills, ProgressBook also, CommandBook and) {
        whitelist = fills;
        progress = also;
        commands = and;
        news();
    }

    boolean knowsUnits() {
        return units >= unitsAtStart;
    }

    boolean knowsProgress() {
        return progressed >= progressAtStart;
    }

    boolean knowsCommands() {
        return asked >= commandsAtStart && told >= resultsAtStart;
    }

    /** Main has something new. */
    void news() {
        if (!planned) {
            planned = true;
            world.time.after(world.dice.millis(1, 300), this::read);
        }
    }

    private void read() {
        planned = false;
        if (!world.main.takes()) {
            world.main.onceItTakes(this::news);
            return;
        }
        station.outside(() -> {
            List<ConsumerRecord<byte[], byte[]>> log = world.main.log(Topic.UNITS);
            while (units < log.size()) {
                unit(log.get(units++));
            }
            log = world.main.log(Topic.PICTURE_PROGRESS);
            while (progressed < log.size()) {
                progress.apply(log.get(progressed++));
            }
            log = world.main.log(Topic.COMMANDS);
            while (asked < log.size()) {
                commands.command(log.get(asked++));
            }
            log = world.main.log(Topic.COMMAND_RESULTS);
            while (told < log.size()) {
                commands.result(log.get(told++));
            }
            log = world.main.log(Topic.SESSIONS);
            while (sessions < log.size()) {
                session(log.get(sessions++));
            }
        });
    }

    private void unit(ConsumerRecord<byte[], byte[]> record) {
        try {
            UnitRecord unit = UnitRecord.parseFrom(record.value());
            station.heardOf(unit.getSerial(), unit.getState() == UnitState.COMMISSIONED);
            whitelist.apply(record);
        } catch (InvalidProtocolBufferException e) {
            world.violated("no unit record: " + e.getMessage());
        }
    }

    /** As the station's own follower of the sessions' topic does. */
    private void session(ConsumerRecord<byte[], byte[]> record) {
        try {
            SessionRecord session = SessionRecord.parseFrom(record.value());
            if (session.hasOpened()) {
                registry.openedRecord(session.getSerial(), session.getSessionId());
            }
        } catch (InvalidProtocolBufferException e) {
            world.violated("no session record: " + e.getMessage());
        }
    }
}
