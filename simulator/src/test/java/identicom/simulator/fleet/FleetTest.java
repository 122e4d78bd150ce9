package identicom.simulator.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import identicom.simulator.SmallStation;
import identicom.simulator.SmallStation.Manner;
import identicom.simulator.line.DialingUnit;
import identicom.simulator.line.SessionEnd;
import identicom.simulator.unit.Entry;
import identicom.simulator.unit.Journal;
import identicom.simulator.unit.Redial;
import identicom.simulator.unit.TakenPicture;
import identicom.wire.event.StandardEvent;
import identicom.wire.message.EventEntry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FleetTest {
    private static final Duration SOON = Duration.ofMillis(100);
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Redial QUICK = new Redial(SOON, Duration.ofMillis(400), SOON, LIMIT);

    @Test
    void everyUnitIsEmptiedAndTheSummarySaysSo() throws Exception {
        try (SmallStation station = new SmallStation(Manner.READ_AND_DELETE)) {
            Scenario scenario = scenario(station, 300, 20, 0.2, 0).withDialWindow(Duration.ofMillis(500));
            List<String> lines = new ArrayList<>();

            FleetSummary summary = Fleet.run(scenario, lines::add);

            assertThat(summary.emptyUnits()).isEqualTo(300);
            assertThat(summary.logged()).isGreaterThanOrEqualTo(6_000).isEqualTo(summary.deleted());
            assertThat(summary.count(SessionEnd.EMPTIED)).isGreaterThanOrEqualTo(300);
            assertThat(summary.emptied().count()).isEqualTo(summary.count(SessionEnd.EMPTIED));
            assertThat(summary.text()).contains("300, 300 of them empty");
            assertThat(lines).allSatisfy(line -> assertThat(line).contains("units empty"));
        }
    }

    @Test
    void aLineThatDropsLosesNothing() throws Exception {
        try (SmallStation station = new SmallStation(Manner.READ_AND_DELETE);
                Fleet fleet = Fleet.start(scenario(station, 40, 120, 0.3, 0.4).withDialWindow(SOON))) {
            await().atMost(LIMIT).until(() -> fleet.summary().count(SessionEnd.DROPPED) > 20);
            fleet.quiet();
            await().atMost(LIMIT).until(fleet::empty);

            for (Journal journal : fleet.journals()) {
                assertThat(journal.deleted()).containsExactlyElementsOf(journal.logged());
                assertThat(station.deleted(journal.serial())).isSubsetOf(events(journal.deleted()));
            }
        }
    }

    @Test
    void anUrgentEventIsPushedInMidSession() throws Exception {
        FleetOptions options = options(address(), 1, 0, 0, 0);
        try (SmallStation station = new SmallStation(Manner.READ_AND_DELETE);
                Fleet fleet = Fleet.idle(Scenario.of(at(options, station.address(), Duration.ofMillis(500)))
                        .withRedial(QUICK))) {
            DialingUnit unit = fleet.unit(0);
            for (int i = 0; i < 2_000; i++) {
                unit.log(StandardEvent.STATUS_CHECK);
            }
            unit.dial();
            await().atMost(LIMIT).until(unit::connected);
            Entry manDown = unit.log(StandardEvent.MAN_DOWN);

            await().atMost(LIMIT)
                    .until(() -> station.pushed(unit.unit().serial()).contains(manDown.event()));
            assertThat(fleet.summary().sessions()).isZero();
        }
    }

    @Test
    void everyUnitTakesItsPicturesAndTheRunLastsUntilTheyAreOff() throws Exception {
        try (SmallStation station = new SmallStation(Manner.PICTURES_TOO);
                Fleet fleet = Fleet.start(
                        Scenario.of(options(station.address(), 3, 1, 0, 0).withPictures(2))
                                .withRedial(QUICK)
                                .withDialWindow(SOON))) {
            await().atMost(LIMIT).until(() -> fleet.summary().deletedPictures() == 6 && fleet.empty());

            for (Journal journal : fleet.journals()) {
                assertThat(journal.pictures()).hasSize(2).isEqualTo(journal.deletedPictures());
                assertThat(station.pictures(journal.serial()))
                        .isEqualTo(journal.pictures().stream()
                                .map(TakenPicture::content)
                                .toList());
            }
            assertThat(fleet.summary().text()).contains("6 taken, 6 deleted");
        }
    }

    @Test
    void anUndeletedUrgentEventMakesTheUnitDialAgainAndAgain() throws Exception {
        try (SmallStation station = new SmallStation(Manner.READ_ONLY);
                Fleet fleet = Fleet.idle(scenario(station, 1, 0, 0, 0)
                        .withRedial(new Redial(SOON, SOON, Duration.ofHours(1), Duration.ofSeconds(5))))) {
            fleet.unit(0).log(StandardEvent.MAN_DOWN);
            await().atMost(LIMIT).until(() -> fleet.summary().count(SessionEnd.LOG_KEPT) >= 3);
            station.behave(Manner.READ_AND_DELETE);
            await().atMost(LIMIT).until(fleet::empty);
        }
    }

    @Test
    void silenceEndsASessionAndTheUnitDialsAgain() throws Exception {
        try (SmallStation station = new SmallStation(Manner.SAY_NOTHING);
                Fleet fleet = Fleet.idle(scenario(station, 1, 0, 0, 0)
                        .withRedial(new Redial(SOON, SOON, Duration.ofHours(1), Duration.ofMillis(200))))) {
            fleet.unit(0).dial();
            await().atMost(LIMIT).until(() -> fleet.summary().count(SessionEnd.SILENT) >= 2);
        }
    }

    @Test
    void whatGoesWrongIsCountedByKind() throws Exception {
        try (SmallStation station = new SmallStation(Manner.HANG_UP);
                Fleet fleet = Fleet.idle(scenario(station, 1, 0, 0, 0))) {
            fleet.unit(0).dial();
            await().atMost(LIMIT).until(() -> fleet.summary().count(SessionEnd.NOT_SERVED) >= 1);
        }
        try (Socket bound = bound();
                Fleet fleet =
                        Fleet.idle(Scenario.of(options((InetSocketAddress) bound.getLocalSocketAddress(), 1, 0, 0, 0))
                                .withRedial(QUICK))) {
            fleet.unit(0).dial();
            await().atMost(LIMIT).until(() -> fleet.summary().count(SessionEnd.REFUSED) >= 1);
            assertThat(fleet.summary().failures()).isPositive();
        }
    }

    @Test
    void unitsOnThisMachineDialFromManyAddresses() throws Exception {
        try (SmallStation station = new SmallStation(Manner.READ_AND_DELETE)) {
            Fleet.run(scenario(station, 20, 1, 0, 0).withDialWindow(SOON), line -> {});

            assertThat(station.sources().stream().distinct()).hasSizeGreaterThanOrEqualTo(20);
        }
    }

    @Test
    void aPrefixThatLeavesNoRoomForTheNumberIsRefused() {
        assertThatThrownBy(() -> new FleetOptions(address(), 1, "TOO-LONG", 0, 0, SOON, SOON, 1, 0, Duration.ZERO))
                .hasMessageContaining("at most 6 characters");
    }

    private static Scenario scenario(SmallStation station, int units, int events, double manDown, double drops) {
        return Scenario.of(options(station.address(), units, events, manDown, drops))
                .withRedial(QUICK);
    }

    private static FleetOptions options(InetSocketAddress target, int units, int events, double manDown, double drops) {
        return new FleetOptions(target, units, "T-", events, manDown, SOON, Duration.ZERO, 42, drops, Duration.ZERO);
    }

    private static FleetOptions at(FleetOptions o, InetSocketAddress target, Duration delay) {
        return new FleetOptions(
                target,
                o.units(),
                o.serialPrefix(),
                o.eventsPerUnit(),
                o.manDownShare(),
                o.interval(),
                o.duration(),
                o.seed(),
                o.dropRate(),
                delay);
    }

    /** Has a port to itself and does not listen there. */
    private static Socket bound() throws IOException {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return socket;
    }

    private static InetSocketAddress address() {
        return new InetSocketAddress("127.0.0.1", 1);
    }

    private static List<EventEntry> events(List<Entry> entries) {
        return entries.stream().map(Entry::event).toList();
    }
}
