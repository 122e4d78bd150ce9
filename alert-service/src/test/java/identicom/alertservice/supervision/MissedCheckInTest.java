package identicom.alertservice.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import identicom.alertservice.store.Incidents.Incident;
import identicom.alertservice.supervision.SupervisedSystem.Station;
import identicom.alertservice.supervision.rule.Unit;
import identicom.alertservice.supervision.store.Overview;
import identicom.alertservice.supervision.store.Overview.Which;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MissedCheckInTest {

    private SupervisedSystem system;
    private Sweep sweep;
    private Station station;

    @BeforeEach
    void open() throws Exception {
        system = new SupervisedSystem();
        sweep = system.sweep();
        station = system.station("rx-1");
        system.unit("A1", "", 30, 1, true);
    }

    @AfterEach
    void close() {
        system.close();
    }

    @Test
    void isToldOnceAndInTimeThoughTheOneThatTellsDiesAtTheDeadline() throws Exception {
        List<Long> tried = new ArrayList<>();
        Sweep dying = system.sweep(new ToldAlarms() {
            @Override
            public List<UUID> raise(Connection tx, List<Incident> incidents) throws SQLException {
                super.raise(tx, incidents);
                tried.add(system.nowUs());
                try (Connection owner = system.database.owner();
                        Statement kill = owner.createStatement()) {
                    kill.execute("select pg_terminate_backend(" + backend(tx) + ")");
                }
                return List.of(UUID.randomUUID());
            }
        });
        station.opened("A1", "s1");
        long due = system.nowUs() + Duration.ofMinutes(35).toNanos() / 1000;
        system.pass(Duration.ofMinutes(35).minusSeconds(2), sweep, dying);
        assertThat(system.told()).isEmpty();
        system.pass(Duration.ofSeconds(2));
        assertThatThrownBy(() -> system.pass(Duration.ofSeconds(6), dying)).isInstanceOf(SQLException.class);
        assertThat(tried).hasSize(1);
        assertThat(tried.getFirst() - due).isBetween(1L, 4_000_000L);
        assertThat(system.told()).isEmpty();
        system.pass(Duration.ofSeconds(2), sweep);
        assertThat(system.told()).containsExactly("missed-check-in A1");
        Sweep restarted = system.sweep();
        system.pass(Duration.ofMinutes(5), sweep, restarted);
        assertThat(system.told()).containsExactly("missed-check-in A1");
        assertThat(system.database.column("select detail from alerts.told").getFirst())
                .startsWith("last heard 2026-05-01T00:00:00Z, due 2026-05-01T00:35:00Z (every 30 min, grace 5 min), ");
    }

    @Test
    void isFoundThoughTheFirstContactComesWithTheUnitsOwnRecord() throws Exception {
        for (int round = 0; round < 20; round++) {
            List<String> serials = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                serials.add("R" + round + "-" + i);
            }
            String session = "s" + round;
            CompletableFuture<Void> commissioned = CompletableFuture.runAsync(() -> {
                try {
                    system.units(serials, "", 30, 1, true);
                } catch (Exception e) {
                    throw new CompletionException(e);
                }
            });
            station.opened(serials, session);
            commissioned.get(60, TimeUnit.SECONDS);
        }
        assertThat(system.database.number(
                        "select count(*) from alerts.supervised where due_us is null and serial like 'R%'"))
                .as("units that were heard and have no deadline")
                .isZero();
    }

    private static String backend(Connection tx) throws SQLException {
        try (Statement ask = tx.createStatement();
                var row = ask.executeQuery("select pg_backend_pid()")) {
            row.next();
            return row.getString(1);
        }
    }

    @Test
    void heardAgainIsNotedAndSilentAgainRingsAgain() throws Exception {
        station.opened("A1", "s1");
        system.pass(Duration.ofMinutes(36), sweep);
        station.opened("A1", "s2");
        assertThat(system.database.column("select serial from alerts.told_heard"))
                .containsExactly("A1");
        system.pass(Duration.ofMinutes(34), sweep);
        assertThat(system.told()).hasSize(1);
        system.pass(Duration.ofMinutes(2), sweep);
        assertThat(system.told()).containsExactly("missed-check-in A1", "missed-check-in A1");
    }

    @Test
    void nobodyIsMissedWhileTheTopicsAreSilentAndWhoReallyWasIsFoundAfterwards() throws Exception {
        List<String> serials = IntStream.range(0, 200).mapToObj(i -> "U" + i).toList();
        system.units(serials, "", 30, 1, true);
        station.opened(serials, "s1");
        system.pass(Duration.ofMinutes(1), sweep);
        station.silent = true;
        system.pass(Duration.ofMinutes(2), sweep);
        system.pass(Duration.ofHours(3), sweep);
        assertThat(system.told()).containsExactly("technical station rx-1");
        long lately = system.nowUs() - Duration.ofMinutes(10).toNanos() / 1000;
        station.heardAt(serials.subList(1, 200), "s9", lately);
        station.silent = false;
        system.pass(Duration.ofSeconds(20), sweep);
        assertThat(system.told()).containsExactly("technical station rx-1", "missed-check-in U0");
    }

    @Test
    void whoWasDueWhileNoStationCouldTakeCallsGetsItsEndAndAWholeSpan() throws Exception {
        station.opened("A1", "s1");
        system.pass(Duration.ofMinutes(20), sweep);
        station.silent = true;
        system.pass(Duration.ofMinutes(20), sweep);
        system.station("rx-1");
        system.pass(Duration.ofMinutes(34), sweep);
        assertThat(system.told()).isEmpty();
        system.pass(Duration.ofMinutes(2), sweep);
        assertThat(system.told()).containsExactly("missed-check-in A1");
    }

    @Test
    void oneStationThatIsKilledIsToldOfAndLeftOutAndADrainedOneJustLeaves() throws Exception {
        Station other = system.station("rx-2");
        Station third = system.station("rx-3");
        other.opened("A1", "s1");
        system.pass(Duration.ofMinutes(30), sweep);
        third.drain();
        system.pass(Duration.ofSeconds(2), sweep);
        third.silent = true;
        station.silent = true;
        system.pass(Duration.ofSeconds(58), sweep);
        assertThat(system.told()).isEmpty();
        system.pass(Duration.ofSeconds(10), sweep);
        assertThat(system.told()).containsExactly("technical station rx-1");
        system.pass(Duration.ofSeconds(70), sweep);
        assertThat(lagSeconds()).isGreaterThan(120);
        system.pass(Duration.ofMinutes(2), sweep);
        assertThat(lagSeconds()).isLessThan(10);
        system.pass(Duration.ofMinutes(2), sweep);
        assertThat(system.told()).containsExactly("technical station rx-1", "missed-check-in A1");
        station.silent = false;
        system.pass(Duration.ofSeconds(4), sweep);
        assertThat(system.database.column("select station from alerts.blind")).isEmpty();
    }

    private long lagSeconds() throws SQLException {
        return (system.nowUs() - system.database.number("select watermark_us from alerts.sweep")) / 1_000_000;
    }

    @Test
    void aStationsClockPutOnByAnHourMakesNobodyMissing() throws Exception {
        station.opened("A1", "s1");
        system.pass(Duration.ofMinutes(10), sweep);
        station.putClock(Duration.ofHours(1));
        system.pass(Duration.ofMinutes(30), sweep);
        assertThat(system.told()).containsExactly("technical clock rx-1");
        station.opened("A1", "s2");
        system.pass(Duration.ofMinutes(34), sweep);
        assertThat(system.told()).containsExactly("technical clock rx-1");
        system.pass(Duration.ofMinutes(2), sweep);
        assertThat(system.told()).containsExactly("technical clock rx-1", "missed-check-in A1");
    }

    @Test
    void aStationsClockPutBackByAnHourHidesNobody() throws Exception {
        station.opened("A1", "s1");
        system.pass(Duration.ofMinutes(10), sweep);
        station.putClock(Duration.ofHours(-1));
        system.pass(Duration.ofSeconds(10), sweep);
        assertThat(system.told()).containsExactly("technical clock rx-1");
        station.opened("A1", "s2");
        system.pass(Duration.ofMinutes(34), sweep);
        assertThat(system.told()).hasSize(1);
        system.pass(Duration.ofMinutes(2), sweep);
        assertThat(system.told()).containsExactly("technical clock rx-1", "missed-check-in A1");
    }

    @Test
    void afterAnOutageWhoCalledTheStationThatComesBackLastIsNotMissed() throws Exception {
        Station other = system.station("rx-2");
        system.units(List.of("A2", "A3"), "", 30, 1, true);
        station.opened("A1", "s1");
        other.opened(List.of("A2", "A3"), "s1");
        system.pass(Duration.ofMinutes(29), sweep);
        station.silent = true;
        other.silent = true;
        for (int minutes = 0; minutes < 10; minutes += 2) {
            system.pass(Duration.ofMinutes(2), sweep);
        }
        long lately = system.nowUs() - Duration.ofMinutes(2).toNanos() / 1000;
        station.heardAt(List.of("A1"), "s2", lately);
        station.silent = false;
        system.pass(Duration.ofMinutes(2), sweep);
        assertThat(system.told()).doesNotContain("missed-check-in A1", "missed-check-in A2", "missed-check-in A3");
        other.heardAt(List.of("A2"), "s2", lately);
        other.silent = false;
        system.pass(Duration.ofSeconds(10), sweep);
        assertThat(system.told()).contains("missed-check-in A3").doesNotContain("missed-check-in A2");
    }

    @Test
    void nobodySwitchedOffIsMissedThoughWhatUnitsSaidIsReadLate() throws Exception {
        system.units(List.of("A2"), "", 30, 1, true);
        station.opened(List.of("A1", "A2"), "s1");
        system.pass(Duration.ofMinutes(1), sweep);
        long then = system.nowUs();
        station.closed("A1", "s1");
        system.positions.stuck(1);
        system.pass(Duration.ofMinutes(40), sweep);
        assertThat(system.told()).isEmpty();
        system.pass(Duration.ofMinutes(2), sweep);
        assertThat(system.told()).as("that nothing is judged").containsExactly("technical alert-service");
        assertThat(system.database.column("select paused::text from alerts.sweep"))
                .containsExactly("true");
        system.event("A1", "s1", 0x23, 7, then);
        system.positions.readAll();
        system.pass(Duration.ofSeconds(10), sweep);
        assertThat(system.told()).containsExactly("technical alert-service", "missed-check-in A2");
        assertThat(system.database.column("select paused::text from alerts.sweep"))
                .containsExactly("false");
    }

    @Test
    void aTopicIntoWhichMoreIsWrittenThanReadDoesNotStopTheJudging() throws Exception {
        station.opened("A1", "s1");
        system.pass(Duration.ofMinutes(34), sweep);
        system.positions.flow(7, 5);
        system.pass(Duration.ofMinutes(2), sweep);
        assertThat(system.told()).containsExactly("missed-check-in A1");
    }

    @Test
    void aFirstStartThatReadsOldRecordsMissesNobodyWhoWasHeardSince() throws Exception {
        system.positions.stuck(1_000);
        station.opened("A1", "s1");
        system.pass(Duration.ofMinutes(60), sweep);
        station.opened("A1", "s2");
        system.positions.readAll();
        system.pass(Duration.ofMinutes(10), sweep);
        assertThat(system.told()).isEmpty();
    }

    @Test
    void aWatermarkLookedAtBeforeTheClockWasPutBackJudgesNobody() throws Exception {
        station.opened("A1", "s1");
        system.pass(Duration.ofMinutes(30), sweep);
        long looked = system.nowUs();
        station.putClock(Duration.ofHours(-1));
        system.pass(Duration.ofSeconds(10), sweep);
        Judging late = new Judging(system.transactions, new ToldAlarms(), system.clock(), System::nanoTime);
        assertThat(late.judge(looked + Duration.ofMinutes(30).toNanos() / 1000).told())
                .isFalse();
        assertThat(system.told()).containsExactly("technical clock rx-1");
    }

    @Test
    void judgingIsSweepingAndNoInterruption() throws Exception {
        station.opened("A1", "s1");
        system.pass(Duration.ofMinutes(35).minusSeconds(2), sweep);
        Judging judging = new Judging(system.transactions, new ToldAlarms(), system.clock(), System::nanoTime);
        long watermark = system.database.number("select watermark_us from alerts.sweep");
        long swept = system.database.number("select swept_us from alerts.sweep");
        system.database.execute("update alerts.supervised set due_us = due_us - 5000000");
        system.jump(Duration.ofSeconds(31));
        judging.judge(watermark);
        assertThat(system.database.number("select swept_us from alerts.sweep") - swept)
                .isGreaterThanOrEqualTo(30_000_000);
    }

    @Test
    void aSilentUnitIsFoundInTimeThoughTheClockWasPutOnAndBackAgain() throws Exception {
        station.opened("A1", "s1");
        system.pass(Duration.ofMinutes(10), sweep);
        station.putClock(Duration.ofHours(1));
        system.pass(Duration.ofMinutes(5), sweep);
        station.putClock(Duration.ofHours(-1));
        system.pass(Duration.ofMinutes(19), sweep);
        assertThat(system.told()).containsExactly("technical clock rx-1", "technical clock rx-1");
        system.pass(Duration.ofMinutes(2), sweep);
        assertThat(system.told()).containsOnlyOnce("missed-check-in A1");
    }

    @Test
    void aSilentUnitIsFoundInTimeThoughOneOfTwoClocksWasPutOn() throws Exception {
        system.station("rx-2");
        station.opened("A1", "s1");
        system.pass(Duration.ofMinutes(10), sweep);
        station.putClock(Duration.ofHours(1));
        system.pass(Duration.ofMinutes(24), sweep);
        assertThat(system.told()).containsExactly("technical clock rx-1");
        system.pass(Duration.ofMinutes(2), sweep);
        assertThat(system.told()).containsExactly("technical clock rx-1", "missed-check-in A1");
    }

    @Test
    void anOutageAfterTheClockWasPutBackIsSeen() throws Exception {
        station.opened("A1", "s1");
        system.pass(Duration.ofMinutes(10), sweep);
        Duration wrong = Duration.ofHours(-1);
        station.putClock(wrong);
        system.pass(Duration.ofMinutes(5), sweep);
        station.opened("A1", "s2");
        system.pass(Duration.ofMinutes(25), sweep);
        station.silent = true;
        system.jump(Duration.ofMinutes(22));
        system.station("rx-1", wrong);
        system.pass(Duration.ofMinutes(33), sweep);
        assertThat(system.told()).containsExactly("technical clock rx-1");
        system.pass(Duration.ofMinutes(3), sweep);
        assertThat(system.told()).containsExactly("technical clock rx-1", "missed-check-in A1");
    }

    @Test
    void whoWasDueWhileAllStationsWereShutGetsItsEndAndAWholeSpanButNotWhileOneTookCalls() throws Exception {
        Station other = system.station("rx-2");
        station.opened("A1", "s1");
        system.pass(Duration.ofMinutes(25), sweep);
        shut(station, other);
        station.wasShut(Duration.ofMinutes(20));
        other.wasShut(Duration.ofMinutes(19));
        system.pass(Duration.ofMinutes(34), sweep);
        assertThat(system.told()).isEmpty();
        system.pass(Duration.ofMinutes(2), sweep);
        assertThat(system.told()).containsExactly("missed-check-in A1");
        station.opened("A1", "s2");
        system.pass(Duration.ofMinutes(25), sweep);
        shut(station, other);
        station.wasShut(Duration.ofMinutes(20));
        system.pass(Duration.ofSeconds(10), sweep);
        assertThat(system.told()).hasSize(2);
    }

    /** For 20 minutes, as long as neither of the clusters answers. */
    private void shut(Station... stations) throws Exception {
        for (Station one : stations) {
            one.silent = true;
        }
        system.pass(Duration.ofMinutes(20), sweep);
        for (Station one : stations) {
            one.silent = false;
        }
    }

    @Test
    void aSilentUnitIsFoundAfterTheClockWasPutBack() throws Exception {
        station.opened("A1", "s1");
        system.pass(Duration.ofMinutes(10), sweep);
        station.putClock(Duration.ofHours(-1));
        system.pass(Duration.ofMinutes(37), sweep);
        assertThat(system.told()).containsExactly("technical clock rx-1", "missed-check-in A1");
    }

    @Test
    void theDatabasesClockMakesNoStationBlind() throws Exception {
        system.pass(Duration.ofMinutes(1), sweep);
        system.putDatabaseClock(Duration.ofHours(1));
        system.pass(Duration.ofSeconds(30), sweep);
        system.putDatabaseClock(Duration.ofHours(-1));
        system.pass(Duration.ofMinutes(5), sweep);
        assertThat(system.told()).containsExactly("technical clock database", "technical clock database");
        assertThat(lagSeconds()).isLessThan(5);
    }

    @Test
    void aUnitThatWasSwitchedOffIsNotMissedUntilItWasSwitchedOnAgain() throws Exception {
        station.opened("A1", "s1");
        system.event("A1", "s1", 0x23, 7);
        station.closed("A1", "s1");
        system.pass(Duration.ofMinutes(60), sweep);
        assertThat(serials(Which.OFF)).containsExactly("A1");
        station.opened("A1", "s2");
        system.event("A1", "s2", 0x22, 8);
        system.pass(Duration.ofMinutes(36), sweep);
        assertThat(system.told()).containsExactly("missed-check-in A1");
    }

    @Test
    void aUnitNeverSeenIsListedAndNotMissedAndADecommissionedOneIsNeither() throws Exception {
        system.unit("A2", "", 30, 1, false);
        station.opened("A3", "s1");
        system.pass(Duration.ofMinutes(2), sweep);
        system.unit("A3", "", 30, 1, false);
        system.pass(Duration.ofMinutes(60), sweep);
        assertThat(serials(Which.NEVER_SEEN)).containsExactly("A1");
        assertThat(serials(Which.ALL)).containsExactly("A1");
        assertThat(system.told()).isEmpty();
    }

    private List<String> serials(Which which) throws SQLException {
        return system.transactions.run(tx -> Overview.list(tx, which, "", 10)).stream()
                .map(Unit::serial)
                .toList();
    }
}
