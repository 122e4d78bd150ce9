package identicom.systemtests.balancer;

import static identicom.systemtests.PictureTransfer.MOST_READ_TWICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import identicom.simulator.fleet.Fleet;
import identicom.simulator.line.DialingUnit;
import identicom.simulator.unit.SimulatedUnit;
import identicom.systemtests.DialIn;
import identicom.systemtests.PictureTransfer;
import identicom.systemtests.backing.Processes;
import identicom.systemtests.backing.TwoClusters;
import identicom.systemtests.harness.Emergencies;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What goes wrong around a fleet that dials in through HAProxy, one after the other, and what has to go on meanwhile. */
record Faults(Processes behind, TwoClusters clusters, HaProxy haproxy, Fleet fleet, Emergencies emergencies) {
    private static final int AMIDST = 20;
    private static final int BLOCKS = 40;
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration TRAFFIC = Duration.ofSeconds(180);

    /** Waits until stations have told units to delete as many events more as there are units. */
    void traffic() {
        long until = fleet.summary().deleted() + fleet.units().size();
        await("traffic").atMost(TRAFFIC).until(() -> fleet.summary().deleted() > until);
    }

    /**
     * A station is killed in the midst of a picture, and of sessions of units whose wearers have just gone down. Returns when the picture
     * and the emergencies have come off at another one. @return which it was
     */
    int killAStation(SimulatedUnit holder) throws Exception {
        emergencies.during("2 a station killed");
        PictureTransfer transfer = new PictureTransfer(holder, haproxy.units());
        int station;
        List<DialingUnit> amidst;
        try (DialIn first = transfer.underWay(BLOCKS)) {
            station = stationOf(holder);
            await("units in session there")
                    .atMost(SOON)
                    .until(() -> !inSessionAt(station).isEmpty());
            amidst = inSessionAt(station);
            amidst.forEach(emergencies::fall);
            behind.process(Processes.station(station)).kill();
            transfer.readTwice(first);
        }

        assertThat(transfer.toItsEnd()).as("blocks read twice").isLessThanOrEqualTo(MOST_READ_TWICE);
        assertThat(stationOf(holder)).as("where the picture went on").isNotEqualTo(station);
        await("the killed one is out").atMost(SOON).until(() -> !haproxy.up(station));
        await("what units had there comes off elsewhere")
                .atMost(SOON)
                .until(() -> amidst.stream().noneMatch(unit -> unit.unit().urgent()));
        traffic();
        return station;
    }

    private int stationOf(SimulatedUnit unit) {
        return haproxy.stationBySerial().get(unit.serial());
    }

    private List<DialingUnit> inSessionAt(int station) {
        Map<String, Integer> given = haproxy.stationBySerial();
        return fleet.units().stream()
                .filter(unit ->
                        unit.connected() && given.getOrDefault(unit.unit().serial(), 0) == station)
                .limit(AMIDST)
                .toList();
    }

    void drainAnother(int station) throws InterruptedException {
        emergencies.during("3 another station drained, one left");
        Drain.of(station, behind, haproxy, fleet);
        traffic();
    }

    void startAgain(List<Integer> stations) throws Exception {
        emergencies.during("4 both stations started again");
        behind.start(stations.stream().map(Processes::station).toList());
        await("they are back").atMost(SOON).until(() -> stations.stream().allMatch(haproxy::ready));
        traffic();
    }

    /** The broker that leads the main cluster is killed, and started again when units were emptied without it. */
    void killABroker() throws Exception {
        int leader = clusters.main().leader();
        emergencies.during("5 a main broker killed");
        fleet.units().stream().filter(DialingUnit::connected).limit(AMIDST).forEach(emergencies::fall);
        clusters.main().kill(leader);
        traffic();
        traffic();
        emergencies.during("6 the broker started again");
        clusters.main().restart(leader);
        traffic();
    }

    /** HAProxy reads its configuration again in the midst of a picture, which comes off in the session that it is in. */
    void reload(SimulatedUnit holder) throws Exception {
        emergencies.during("7 HAProxy reloaded");
        long failuresBefore = fleet.summary().failures();
        try (DialIn session = new PictureTransfer(holder, haproxy.units()).underWay(BLOCKS)) {
            haproxy.reload(Map.of("SOURCE_RATE", "15000"));
            session.answer(session.requests().getLast());
            session.toItsEnd((request, dialIn) -> {});
            assertThat(session.blocks()).doesNotHaveDuplicates();
        }
        assertThat(holder.heldPictureCount()).as("pictures left").isZero();
        traffic();
        assertThat(fleet.summary().failures()).as(fleet.summary().text()).isEqualTo(failuresBefore);
    }
}
