package identicom.receiver.server;

import static identicom.receiver.server.FakeStation.LONG;
import static identicom.receiver.server.FakeStation.SHORT;
import static identicom.receiver.server.Said.MAN_DOWN;
import static identicom.receiver.server.Said.identification;
import static identicom.receiver.server.Said.push;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import identicom.schema.v1.Event;
import identicom.schema.v1.QuarantineKind;
import identicom.schema.v1.Trust;
import identicom.wire.message.DeleteEventLog;
import identicom.wire.message.EventEntry;
import identicom.wire.message.EventLog;
import identicom.wire.message.Identify;
import identicom.wire.message.Probe;
import identicom.wire.message.ProbeReply;
import identicom.wire.message.ReadEventLog;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnitsServerTest {
    private FakeStation station = new FakeStation();

    @AfterEach
    void close() {
        station.close();
    }

    private void restart(FakeStation other) {
        station.close();
        station = other;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1400})
    void aLogWithGapsIsEmptiedWhateverThePieces(int piece) {
        try (RawUnit unit = new RawUnit(station.port(), piece)) {
            unit.send(identification("A-1"), push(2_000, MAN_DOWN));
            Said said = Said.entries(500);
            said.put(2_000, MAN_DOWN);
            said.converse(unit, request -> {
                if (request == 3) {
                    said.put(2_003, MAN_DOWN);
                    unit.send(push(2_003, MAN_DOWN));
                }
            });
            assertThat(said.log).isEmpty();
            assertThat(said.deletes).last().isEqualTo(2_003L);
            assertThat(station.events.stream().map(Event::getSequence).distinct())
                    .hasSize(502);
            assertThat(station.events.getFirst().getTypeCode()).isEqualTo(MAN_DOWN);
            assertThat(station.events).allMatch(event -> event.getTrust() == Trust.WHITELISTED);
        }
    }

    @Test
    void framesAreCountedByTypeAndEachEventsWayToMain() {
        Said said = Said.entries(60);
        try (RawUnit unit = new RawUnit(station.port())) {
            unit.send(identification("A-1"), push(2_000, MAN_DOWN));
            said.put(2_000, MAN_DOWN);
            said.converse(unit);
        }
        long reads =
                said.requests.stream().filter(ReadEventLog.class::isInstance).count();
        assertThat(frames("identification")).isEqualTo(1);
        assertThat(frames("event-log")).isEqualTo(reads + 1);
        assertThat(frames("read-event-log")).isEqualTo(reads).isPositive();
        assertThat(frames("delete-event-log")).isEqualTo(said.deletes.size()).isPositive();
        Timer critical = durable("critical");
        assertThat(critical.count())
                .isEqualTo(station.events.stream()
                        .filter(event -> event.getTypeCode() == MAN_DOWN)
                        .count());
        assertThat(durable("routine").count()).isEqualTo(60);
        assertThat(critical.totalTime(TimeUnit.SECONDS))
                .as("acknowledged by a clock that is behind")
                .isZero();
    }

    private double frames(String type) {
        return station.count("identicom.receiver.frames", "type", type);
    }

    private Timer durable(String eventClass) {
        return station.registry
                .get("identicom.receiver.time.to.durable")
                .tag("class", eventClass)
                .timer();
    }

    @Test
    void nothingIsDeletedBeforeItIsDurable() {
        station.acknowledging = false;
        try (RawUnit unit = new RawUnit(station.port())) {
            unit.send(identification("A-1"));
            Said said = Said.entries(60);
            Thread.ofVirtual().start(() -> said.converse(unit));
            await().until(() -> station.pending.size() == 60);
            assertThat(said.deletes).isEmpty();
            station.acknowledgeAll();
            await().until(() -> said.log.isEmpty());
        }
    }

    @Test
    void whatIsNeverAcknowledgedIsNeverDeleted() {
        restart(FakeStation.within(LONG, LONG, SHORT));
        station.acknowledging = false;
        try (RawUnit unit = new RawUnit(station.port())) {
            unit.send(identification("A-1"));
            Said said = Said.entries(60).converse(unit);
            assertThat(said.deletes).isEmpty();
            assertThat(said.log).hasSize(60);
        }
    }

    @Test
    void aSilentUnitIsAskedOnceAndThenDropped() {
        restart(FakeStation.within(SHORT.multipliedBy(3), LONG, LONG));
        try (RawUnit unit = new RawUnit(station.port())) {
            assertThat(unit.next()).isEqualTo(new Identify());
            assertThat(unit.next()).isNull();
        }
        station.counted("identicom.receiver.sessions.ended", "reason", "not-identified");
    }

    @Test
    void anUnknownUnitIsSentNothingAndItsManDownIsQuarantined() {
        try (RawUnit unit = new RawUnit(station.port())) {
            unit.send(identification("X-1"));
            unit.send(push(5, MAN_DOWN));
            assertThat(unit.next()).isNull();
        }
        await().until(() -> station.quarantined.size() == 1);
        var kept = station.quarantined.getFirst();
        assertThat(kept.getSerial()).isEqualTo("X-1");
        assertThat(kept.getKind()).isEqualTo(QuarantineKind.UNREGISTERED_UNIT);
        assertThat(kept.getIdentification().size()).isEqualTo(18);
        assertThat(kept.getFramesList()).hasSize(1);
        assertThat(kept.getEvents(0).getTypeCode()).isEqualTo(MAN_DOWN);
        assertThat(kept.getEvents(0).getTrust()).isEqualTo(Trust.UNREGISTERED);
        assertThat(station.events).isEmpty();
        assertThat(station.sessionRecords).isEmpty();
    }

    @Test
    void anUnknownUnitWithoutAPushIsClosedAfterItsTime() {
        restart(FakeStation.within(LONG, SHORT, LONG));
        try (RawUnit unit = new RawUnit(station.port())) {
            assertThat(unit.send(identification("X-2")).next()).isNull();
        }
        await().until(() -> station.quarantined.size() == 1);
        station.counted("identicom.receiver.sessions.ended", "reason", "refused");
    }

    @Test
    void anUnverifiedUnitsCriticalEventsArePublishedAndNothingIsDeleted() {
        try (RawUnit unit = new RawUnit(station.port())) {
            unit.send(identification("U-1"), push(2_000, MAN_DOWN));
            Said said = Said.entries(10).converse(unit);
            assertThat(said.requests).noneMatch(DeleteEventLog.class::isInstance);
        }
        assertThat(station.events).hasSize(1).allMatch(event -> event.getTrust() == Trust.UNVERIFIED);
    }

    @Test
    void aManDownWhoseConnectionBreaksAtOnceIsPublished() {
        try (RawUnit unit = new RawUnit(station.port())) {
            unit.send(identification("A-1"), push(1, MAN_DOWN));
        }
        await().until(() -> station.events.size() == 1);
    }

    @Test
    void criticalEntriesGoFirst() {
        try (RawUnit unit = new RawUnit(station.port())) {
            List<EventEntry> entries =
                    List.of(Said.entry(1, Said.STATUS), Said.entry(2, Said.STATUS), Said.entry(3, MAN_DOWN));
            unit.send(identification("A-1"), new EventLog(0, true, Said.LOG, entries));
            await().until(() -> station.events.size() == 3);
        }
        assertThat(station.events.getFirst().getTypeCode()).isEqualTo(MAN_DOWN);
    }

    @Test
    void aProbeHearsTheStationsState() {
        assertThat(probe()).isEqualTo(ProbeReply.State.READY);
        station.nowhere = true;
        assertThat(probe()).isEqualTo(ProbeReply.State.NOWHERE_TO_ACCEPT);
        station.server.announceDrain();
        assertThat(probe()).isEqualTo(ProbeReply.State.DRAINING);
        assertThat(station.sessionRecords).isEmpty();
    }

    private ProbeReply.State probe() {
        try (RawUnit balancer = new RawUnit(station.port())) {
            ProbeReply reply = (ProbeReply) balancer.send(new Probe()).next();
            assertThat(balancer.next()).isNull();
            assertThat(reply).isNotNull();
            return reply.state();
        }
    }

    @Test
    void aNewerSessionReplacesTheOlder() {
        try (RawUnit older = new RawUnit(station.port());
                RawUnit newer = new RawUnit(station.port())) {
            older.send(identification("A-1"));
            assertThat(older.next()).isEqualTo(new ReadEventLog(0));
            newer.send(identification("A-1"));
            assertThat(newer.next()).isEqualTo(new ReadEventLog(0));
            assertThat(older.next()).isNull();
            station.counted("identicom.receiver.sessions.ended", "reason", "replaced");
            assertThat(station.sessions.servedCount()).isEqualTo(1);
        }
    }

    @Test
    void anOpenedRecordBehindTheSessionsOwnReplacesIt() {
        try (RawUnit unit = new RawUnit(station.port())) {
            unit.send(identification("A-1"));
            unit.next();
            String own = station.sessionRecords.getFirst().getSessionId();
            station.sessions.openedRecord("A-1", "of another station, earlier");
            station.sessions.openedRecord("A-1", own);
            assertThat(station.sessions.servedCount()).isEqualTo(1);
            station.sessions.openedRecord("A-1", "of another station, later");
            assertThat(unit.next()).isNull();
        }
    }

    @Test
    void aSessionTellsWhenItOpenedAndHowItClosed() {
        station.acknowledging = false;
        try (RawUnit unit = new RawUnit(station.port())) {
            unit.send(identification("A-1"), push(2_000, MAN_DOWN));
            unit.next();
            station.whenIdentified = station::acknowledgeAll; // once it has ended
        }
        await().until(() -> station.sessionRecords.size() == 2);
        assertThat(station.sessionRecords.getFirst().hasOpened()).isTrue();
        var closed = station.sessionRecords.get(1).getClosed();
        assertThat(closed.getReason()).isEqualTo("connection-lost");
        assertThat(closed.getEvents()).isEqualTo(1);
        assertThat(closed.getCritical(0).getMainAtUs()).isEqualTo(1);
        assertThat(closed.getCritical(0).getPriorityAtUs()).isEqualTo(2);
        assertThat(closed.getBytesIn()).isPositive();
    }

    @Test
    void aDecommissionedUnitIsClosed() {
        try (RawUnit unit = new RawUnit(station.port())) {
            unit.send(identification("A-1"));
            unit.next();
            station.sessions.decommissioned("A-1");
            assertThat(unit.next()).isNull();
        }
    }

    @Test
    void theNextReadWaitsWhenOutboxFull() {
        station.outboxFull = true;
        try (RawUnit unit = new RawUnit(station.port())) {
            unit.send(identification("A-1"));
            assertThat(unit.next()).isEqualTo(new ReadEventLog(0));
            unit.send(new EventLog(9, false, Said.LOG, List.of(Said.entry(5, Said.STATUS))), push(90, MAN_DOWN));
            await().until(() -> station.events.size() == 2);
            station.outboxFull = false;
            station.changed();
            assertThat(unit.next()).isEqualTo(new ReadEventLog(5));
        }
    }

    @Test
    void nothingIsReadWhenCriticalOutboxesFull() {
        try (RawUnit unit = new RawUnit(station.port())) {
            unit.send(identification("A-1"));
            unit.next();
            station.criticalFull = true;
            int asked = station.criticalFullAsked.get();
            station.changed();
            station.changed(); // asked once more, it has done what it was told at first
            await().until(() -> station.criticalFullAsked.get() >= asked + 2);
            unit.send(push(90, MAN_DOWN));
            await().during(Duration.ofMillis(300)).until(station.events::isEmpty);
            station.criticalFull = false;
            station.changed();
            await().until(() -> station.events.size() == 1);
        }
    }

    @Test
    void whoSendsEmergenciesWithoutEndHoldsUpItselfAndNobodyElseAndNothingIsLost() throws InterruptedException {
        int frames = 12;
        long all = frames * EventLog.MAX_ENTRIES;
        try (RawUnit flood = new RawUnit(station.port());
                RawUnit other = new RawUnit(station.port())) {
            long beganNanos = System.nanoTime();
            flood.send(identification("A-1"));
            assertThat(flood.next()).isEqualTo(new ReadEventLog(0));
            Thread pushing = Thread.ofVirtual().start(() -> {
                for (int frame = 0; frame < frames; frame++) {
                    flood.send(manDowns(frame));
                }
            });
            await().until(() ->
                    station.registry.get("identicom.receiver.rests").counter().count() == 1);
            other.send(identification("B-1"), push(1, MAN_DOWN));
            assertThat(other.next()).isEqualTo(new ReadEventLog(0));
            await().until(() -> of("B-1") == 1);
            assertThat(of("A-1")).isLessThan(all);

            await("nothing of it is lost").until(() -> of("A-1") == all);
            assertThat(Duration.ofNanos(System.nanoTime() - beganNanos))
                    .isGreaterThan(Duration.ofSeconds((all - MOST_AT_ONCE) / CriticalPace.A_SECOND));
            pushing.join();
        }
    }

    /** What may come at once, and what one read brings beyond it. */
    private static final long MOST_AT_ONCE =
            CriticalPace.AT_ONCE + EventLog.MAX_ENTRIES + UnitsServer.MOST_READ / EventEntry.BYTES;

    private static EventLog manDowns(int frame) {
        List<EventEntry> entries = new ArrayList<>();
        for (int i = 1; i <= EventLog.MAX_ENTRIES; i++) {
            entries.add(Said.entry((long) frame * EventLog.MAX_ENTRIES + i, MAN_DOWN));
        }
        return new EventLog(0, true, Said.LOG, entries);
    }

    private long of(String serial) {
        return station.events.stream()
                .filter(event -> event.getSerial().equals(serial))
                .count();
    }

    @Test
    void aDrainEndsSessionsAtASafePoint() throws InterruptedException {
        Said said = Said.entries(500);
        try (RawUnit unit = new RawUnit(station.port())) {
            unit.send(identification("A-1"));
            Thread server = Thread.ofVirtual().unstarted(() -> {
                try {
                    station.server.drain();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            said.converse(unit, request -> {
                if (request == 2) {
                    server.start();
                    await().until(station.server::draining);
                }
            });
            unit.end();
            server.join();
        }
        assertThat(station.sessionRecords)
                .last()
                .satisfies(record -> assertThat(record.getClosed().getReason()).isIn("drained", "complete"));
        assertThat(station.sessions.openCount()).isZero();
    }

    @Test
    void behindTheBoundTheOldestUnidentifiedMakesRoomAndElseTheNewOneIsRefused() {
        restart(new FakeStation(s -> bounds(s, 2, 100, Duration.ofSeconds(1))));
        try (RawUnit first = connected("127.0.0.1", 1);
                RawUnit second = new RawUnit(station.port())) {
            second.send(identification("A-2"));
            assertThat(second.next()).isEqualTo(new ReadEventLog(0));
            try (RawUnit third = new RawUnit(station.port())) {
                third.send(identification("A-3"));
                assertThat(third.next()).isEqualTo(new ReadEventLog(0));
                assertThat(first.next()).isNull();
                station.counted("identicom.receiver.sessions.ended", "reason", "crowded-out");
                try (RawUnit fourth = new RawUnit(station.port())) {
                    assertThat(fourth.next()).isNull();
                }
                station.counted("identicom.receiver.connections.dropped", "why", "full");
            }
        }
    }

    @Test
    void ofTooManyUnidentifiedTheOldestOfTheLargestSourceIsDropped() {
        restart(new FakeStation(s -> bounds(s, 10, 20, Duration.ofMillis(100))));
        try (RawUnit other = connected("127.0.0.2", 1);
                RawUnit oldest = connected("127.0.0.3", 2);
                RawUnit newest = new RawUnit(station.port(), 1400, "127.0.0.3")) {
            assertThat(oldest.next()).isNull();
            assertThat(other.send(identification("A-1")).next()).isEqualTo(new ReadEventLog(0));
            assertThat(newest.send(identification("A-2")).next()).isEqualTo(new ReadEventLog(0));
        }
    }

    /** A connection that the station has taken up as its {@code nth}. */
    private RawUnit connected(String from, int nth) {
        RawUnit unit = new RawUnit(station.port(), 1400, from);
        await().pollInterval(Duration.ofMillis(2))
                .until(() -> station.registry
                                .get("identicom.receiver.connections")
                                .gauge()
                                .value()
                        >= nth);
        return unit;
    }

    private static ServerSettings bounds(ServerSettings s, int most, int percent, Duration after) {
        return new ServerSettings(
                s.host(),
                s.port(),
                s.threads(),
                s.trustedProxies(),
                most,
                percent,
                after,
                s.limits(),
                s.probeInterval(),
                s.drainLimit(),
                s.heartbeat());
    }
}
