package identicom.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import identicom.simulator.unit.Entry;
import identicom.simulator.unit.SimulatedUnit;
import identicom.systemtests.check.Ledger;
import identicom.systemtests.harness.Desk;
import identicom.systemtests.harness.RunningSystem;
import identicom.wire.event.StandardEvent;
import identicom.wire.message.DeleteEventLog;
import identicom.wire.message.ReadEventLog;
import identicom.wire.message.ToUnit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A log of 500 entries is taken over, and deleted when it is stored and not before. */
@ExtendWith(SharedSystem.class)
class EmptyingIT {
    private static final int ENTRIES = 500;
    private static final Duration STORING = Duration.ofSeconds(20);

    @ParameterizedTest
    @CsvSource({"1, EMPTY-1", "7, EMPTY-7", "1400, EMPTY-1400"})
    void fiveHundredEntriesAreStoredOnceAndThenDeleted(int pieces, String serial, RunningSystem system, Desk desk)
            throws Exception {
        SimulatedUnit unit = commissioned(serial, desk);
        AtomicInteger deletes = new AtomicInteger();

        DialIn.untilEmpty(unit, system, pieces, (request, session) -> {
            onlyWhatWasHandedOverIsDeleted(request, session);
            if (request instanceof DeleteEventLog delete) {
                deletes.incrementAndGet();
                await().atMost(STORING).until(() -> stored(desk, unit, delete));
            }
            assertThat(session.readsAfter()).isSorted().startsWith(0L).doesNotHaveDuplicates();
        });

        assertThat(deletes).hasPositiveValue();
        new Ledger(List.of(unit.journal())).check(desk);
    }

    /** Whether all that is to be deleted is in the event log, and still on its unit. */
    private static boolean stored(Desk desk, SimulatedUnit unit, DeleteEventLog delete) throws Exception {
        List<Long> held = unit.journal().held().stream()
                .map(entry -> entry.event().sequence())
                .filter(sequence -> sequence <= delete.upTo())
                .toList();
        List<Long> stored = desk.events("?serial=" + unit.serial()).stream()
                .map(event -> event.get("sequence").asLong())
                .toList();
        return !held.isEmpty() && stored.containsAll(held);
    }

    @Test
    void anEventLoggedDuringTheDownloadIsNeitherLostNorDeletedUnread(RunningSystem system, Desk desk) throws Exception {
        SimulatedUnit unit = commissioned("DURING-1", desk);
        AtomicInteger requests = new AtomicInteger();

        try (DialIn session = DialIn.of(unit, system, 1400)) {
            session.toItsEnd((request, dialIn) -> {
                onlyWhatWasHandedOverIsDeleted(request, dialIn);
                unit.log(StandardEvent.POSITION_REPORT, Instant.now());
                requests.incrementAndGet();
            });
        }
        assertThat(unit.journal().logged()).hasSize(ENTRIES + requests.get());
        new Ledger(List.of(unit.journal())).check(desk);

        DialIn.untilEmpty(unit, system, 1400, EmptyingIT::onlyWhatWasHandedOverIsDeleted);
        new Ledger(List.of(unit.journal())).check(desk);
    }

    @ParameterizedTest
    @CsvSource({"1, START-1", "7, START-7", "1400, START-1400"})
    void aManDownPushedAtTheStartNeitherEndsTheReadingNorDeletesWhatWasNotRead(
            int pieces, String serial, RunningSystem system, Desk desk) throws Exception {
        SimulatedUnit unit = commissioned(serial, desk);
        Entry manDown = unit.log(StandardEvent.MAN_DOWN, Instant.now());
        AtomicLong handedOver = new AtomicLong();

        DialIn.untilEmpty(unit, system, pieces, (request, session) -> {
            onlyWhatWasHandedOverIsDeleted(request, session);
            handedOver.set(session.handedOver());
        });

        assertThat(handedOver).hasValue(manDown.event().sequence());
        new Ledger(List.of(unit.journal())).check(desk);
    }

    @ParameterizedTest
    @CsvSource({"1, MID-1", "7, MID-7", "1400, MID-1400"})
    void aManDownPushedInMidReadNeitherEndsTheReadingNorDeletesWhatWasNotRead(
            int pieces, String serial, RunningSystem system, Desk desk) throws Exception {
        SimulatedUnit unit = commissioned(serial, desk);

        AtomicInteger reads = new AtomicInteger();
        DialIn.untilEmpty(unit, system, pieces, (request, session) -> {
            onlyWhatWasHandedOverIsDeleted(request, session);
            if (request instanceof ReadEventLog && reads.incrementAndGet() == 4) {
                Entry manDown = unit.log(StandardEvent.MAN_DOWN, Instant.now());
                session.push(unit.push(manDown).orElseThrow());
            }
        });

        assertThat(reads.get()).isGreaterThanOrEqualTo(10);
        assertThat(unit.journal().logged()).hasSize(ENTRIES + 1);
        new Ledger(List.of(unit.journal())).check(desk);
    }

    private static void onlyWhatWasHandedOverIsDeleted(ToUnit request, DialIn session) {
        if (request instanceof DeleteEventLog delete) {
            assertThat(delete.upTo()).isPositive().isLessThanOrEqualTo(session.handedOver());
        }
    }

    /** On the whitelist, with 500 entries and gaps between them. */
    private static SimulatedUnit commissioned(String serial, Desk desk) throws Exception {
        desk.commission(List.of(serial));
        SimulatedUnit unit = new SimulatedUnit(serial, "4.2.1", serial.hashCode());
        Instant start = Instant.now().minusSeconds(ENTRIES);
        for (int i = 0; i < ENTRIES; i++) {
            unit.skip(i % 7 == 0 ? 3 : 0);
            unit.log(StandardEvent.STATUS_CHECK, start.plusSeconds(i));
        }
        return unit;
    }
}
