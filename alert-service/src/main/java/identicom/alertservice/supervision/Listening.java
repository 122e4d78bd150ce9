package identicom.alertservice.supervision;

import identicom.alertservice.event.ManDownCleared;
import identicom.alertservice.store.Transactions;
import identicom.alertservice.supervision.rule.Beat;
import identicom.alertservice.supervision.rule.Gap;
import identicom.alertservice.supervision.rule.LogEntry;
import identicom.alertservice.supervision.rule.Networks;
import identicom.alertservice.supervision.rule.Plan;
import identicom.alertservice.supervision.rule.Shut;
import identicom.alertservice.supervision.rule.Unit;
import identicom.alertservice.supervision.store.Clock;
import identicom.alertservice.supervision.store.Jumps;
import identicom.alertservice.supervision.store.Progress;
import identicom.alertservice.supervision.store.Stations;
import identicom.alertservice.supervision.store.Stations.Told;
import identicom.runtime.kafka.PoisonException;
import identicom.schema.v1.Event;
import identicom.schema.v1.SessionRecord;
import identicom.schema.v1.StationHeartbeat;
import identicom.schema.v1.Trust;
import identicom.schema.v1.UnitRecord;
import identicom.schema.v1.UnitState;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Takes batches of records: each is one transaction, and may come again. A station's heartbeat is stored in the same
 * transaction as what stands before it in its partition, so the watermark never tells of what is not stored.
 */
public final class Listening {

    private final Transactions transactions;
    private final Networks networks;
    private final Alarms alarms;
    private final Clock clock;
    private final Runnable committed;

    /** @param committed called when alerts were changed */
    Listening(Transactions transactions, Networks networks, Alarms alarms, Clock clock, Runnable committed) {
        this.transactions = transactions;
        this.networks = networks;
        this.alarms = alarms;
        this.clock = clock;
        this.committed = committed;
    }

    /** Records of {@code identicom.sessions}, in the order of their partitions. */
    public void sessions(List<ConsumerRecord<byte[], byte[]>> records) throws PoisonException, SQLException {
        News news = new News();
        List<Told> beats = new ArrayList<>();
        Set<Gap> untold = new LinkedHashSet<>();
        Set<Shut> shut = new LinkedHashSet<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            SessionRecord session = Reading.read(record, SessionRecord.parser());
            if (session.hasHeartbeat()) {
                beats.add(new Told(beat(session), record.partition(), record.offset()));
                untold(session.getHeartbeat()).ifPresent(untold::add);
                session.getHeartbeat().getShutList().stream()
                        .map(one -> new Shut(session.getStation(), one.getFromUs(), one.getToUs()))
                        .forEach(shut::add);
            } else {
                Reading.serial(record, session.getSerial());
                add(news, session);
            }
        }
        boolean again = transactions.run(tx -> {
            Map<String, Instant> heard = news.apply(tx);
            Stations.tell(tx, beats, clock.nowUs(tx));
            Stations.shut(tx, shut);
            for (Gap gap : untold) {
                Jumps.unheard(tx, gap);
            }
            if (!heard.isEmpty()) {
                alarms.heard(tx, heard);
            }
            return !heard.isEmpty();
        });
        if (again) {
            committed.run();
        }
    }

    private void add(News news, SessionRecord record) {
        String session = record.getSessionId();
        switch (record.getWhatCase()) {
            case OPENED -> {
                Trust trust = record.getOpened().getTrust();
                if (trust != Trust.UNREGISTERED) {
                    String network = networks.of(record.getOpened().getSourceAddress());
                    long at = record.getOpened().getAtUs();
                    news.add(record.getSerial(), trust == Trust.WHITELISTED, unit -> unit.opened(session, at, network));
                }
            }
            case PROGRESSED -> {
                long at = record.getProgressed().getLastByteAtUs();
                news.add(record.getSerial(), false, unit -> unit.touched(session, at, false));
            }
            case CLOSED -> {
                long at = record.getClosed().getLastByteAtUs();
                news.add(record.getSerial(), false, unit -> unit.touched(session, at, true));
            }
            case HEARTBEAT, WHAT_NOT_SET -> {
                // not of a unit, or a kind of record that is younger than this program
            }
        }
    }

    /** A stretch of time of which the station could not keep everything that it heard while main was away. */
    private static Optional<Gap> untold(StationHeartbeat beat) {
        return beat.getGapToUs() > 0
                ? Optional.of(new Gap(beat.getGapFromUs(), beat.getGapToUs(), false))
                : Optional.empty();
    }

    private static Beat beat(SessionRecord record) {
        StationHeartbeat beat = record.getHeartbeat();
        return new Beat(
                record.getStation(),
                beat.getStartedAtUs(),
                beat.getAtUs(),
                beat.getUptimeUs(),
                beat.getDraining(),
                beat.getOpenSessions());
    }

    /** Records of {@code identicom.units}. */
    public void units(List<ConsumerRecord<byte[], byte[]>> records) throws PoisonException, SQLException {
        Map<ConsumerRecord<byte[], byte[]>, UnitRecord> units = new LinkedHashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            UnitRecord unit = record.value() == null ? gone(record) : Reading.read(record, UnitRecord.parser());
            Reading.serial(record, unit.getSerial());
            units.put(record, unit);
        }
        transactions.run(tx -> {
            Long watermark = Progress.state(tx).watermarkUs();
            News news = new News();
            units.forEach((record, unit) -> {
                if (record.value() == null) {
                    news.add(unit.getSerial(), false, Unit::withdrawn);
                } else {
                    news.add(unit.getSerial(), true, known -> known.planned(plan(unit), watermark));
                }
            });
            return news.apply(tx);
        });
    }

    private static UnitRecord gone(ConsumerRecord<byte[], byte[]> record) {
        return UnitRecord.newBuilder()
                .setSerial(new String(record.key(), StandardCharsets.UTF_8))
                .build();
    }

    private static Plan plan(UnitRecord unit) {
        Plan usual = Plan.unknown();
        int interval = unit.getCheckInMinutes() == 0 ? usual.intervalSeconds() : unit.getCheckInMinutes() * 60;
        boolean commissioned = unit.getState() == UnitState.COMMISSIONED;
        return new Plan(unit.getSite(), interval, unit.getGraceMinutes() * 60, commissioned, unit.getVersion());
    }

    /** Records of the event topics. Nobody else reads of man-downs cleared: no critical topic carries them. */
    public void events(List<ConsumerRecord<byte[], byte[]>> records) throws PoisonException, SQLException {
        News news = new News();
        List<ManDownCleared> cleared = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            Event event = Reading.read(record, Event.parser());
            String serial = Reading.serial(record, event.getSerial());
            LogEntry entry = new LogEntry(
                    event.getLogId(),
                    Integer.toUnsignedLong(event.getSequence()),
                    event.getTypeCode(),
                    event.getSessionId(),
                    event.getAcceptedAtUs());
            news.add(serial, event.getTrust() == Trust.WHITELISTED, unit -> unit.logged(entry));
            Reading.cleared(record, event).ifPresent(cleared::add);
        }
        boolean told = transactions.run(tx -> {
            news.apply(tx);
            return !cleared.isEmpty() && alarms.cleared(tx, cleared);
        });
        if (told) {
            committed.run();
        }
    }
}
