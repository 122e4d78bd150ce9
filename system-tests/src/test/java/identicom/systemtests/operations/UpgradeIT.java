package identicom.systemtests.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import identicom.simulator.fleet.Fleet;
import identicom.simulator.fleet.FleetOptions;
import identicom.simulator.fleet.Scenario;
import identicom.simulator.fleet.Serials;
import identicom.simulator.unit.Redial;
import identicom.systemtests.backing.Backing;
import identicom.systemtests.backing.Ingress;
import identicom.systemtests.backing.Processes;
import identicom.systemtests.check.Ledger;
import identicom.systemtests.harness.AlertStream;
import identicom.systemtests.harness.Desk;
import identicom.systemtests.harness.Emergencies;
import identicom.systemtests.harness.Emergencies.Wait;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every process is replaced by the next build, one by one, in the order of docs/operations/upgrade.md, while units dial in. */
@Tag("operations")
class UpgradeIT {
    private static final Logger LOG = LoggerFactory.getLogger(UpgradeIT.class);
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Duration IN_TIME = Duration.ofSeconds(10);
    private static final String OF_A_NEWER_PROGRAM = "(next build) is of a newer program; this one works as before";

    private static final int UNITS = 240;
    private static final int EVENTS = 2;
    private static final Duration ROUND = Duration.ofSeconds(6);
    private static final Duration ONE_DOWN_EACH = Duration.ofSeconds(1);

    /** Real units wait 10 s where a drain cut them short, which is as long as an emergency may take here. */
    private static final Redial REDIAL =
            new Redial(Duration.ofSeconds(1), Duration.ofSeconds(4), ROUND, Duration.ofSeconds(60));

    @Test
    void nobodyNotices() throws Exception {
        try (Site site = Site.on(Backing.start(), 2);
                Entrance entrance = new Entrance()) {
            site.start();
            entrance.leadTo(site.units(1));
            FleetOptions options = new FleetOptions(
                    entrance.address(), UNITS, "U-", EVENTS, 0, ROUND, Duration.ofDays(1), 1, 0, Duration.ofMillis(10));
            Desk administrator = Desk.administrator(site.served());
            administrator.commission(Serials.of(options));
            try (Fleet fleet = Fleet.start(Scenario.of(options).withRedial(REDIAL));
                    AlertStream first = administrator.listen();
                    Emergencies emergencies = new Emergencies(fleet.units(), ONE_DOWN_EACH)) {
                traffic(fleet);
                Path next = NextBuild.of(site.backing());

                emergencies.during("1 the next build migrates");
                migrate(site, next);
                traffic(fleet);

                emergencies.during("2 this build starts again");
                thisBuildStartsOnTheNewSchema(site);

                site.processes().upgradeTo(next);
                emergencies.during("3 services");
                replaceAllBut(Ingress.ALERT, site);
                List<AlertStream> streams = new ArrayList<>(List.of(first));
                streams.add(replaceAlertService(site, administrator));

                emergencies.during("4 stations");
                replaceStation(1, 2, site, entrance, fleet);
                replaceStation(2, 1, site, entrance, fleet);

                emergencies.during("5 all replaced");
                traffic(fleet);
                emergencies.end();
                fleet.quiet();
                await("every unit is emptied").atMost(LIMIT).until(fleet::empty);
                shownInTime(emergencies, streams);
                LOG.info("\n{}", fleet.summary().text());
                assertThat(fleet.summary().failures())
                        .as("sessions that failed: " + fleet.summary().text())
                        .isZero();
                new Ledger(fleet.journals()).check(administrator);
                streams.getLast().close();
            }
        }
    }

    /** Each unit calls once more, roughly. */
    private static void traffic(Fleet fleet) {
        long deleted = fleet.summary().deleted();
        await("traffic").atMost(LIMIT).until(() -> fleet.summary().deleted() > deleted + UNITS);
    }

    private static void migrate(Site site, Path next) throws Exception {
        List<String> said = site.backing().run("migrate", site.environment(), List.of(next));
        assertThat(said.stream().filter(line -> line.contains("1 migrations done")))
                .as("%s", said)
                .hasSize(NextBuild.schemas());
    }

    /** As one does that was killed in the middle of an upgrade. */
    private static void thisBuildStartsOnTheNewSchema(Site site) throws IOException, InterruptedException {
        List<String> names = Site.SERVICES.stream()
                .filter(service -> !service.equals(Ingress.ALERT))
                .map(site::name)
                .toList();
        for (String name : names) {
            site.processes().process(name).kill();
        }
        site.processes().start(names);
        for (String name : names) {
            assertThat(said(site, name)).anyMatch(line -> line.contains(OF_A_NEWER_PROGRAM));
        }
    }

    private static void replaceAllBut(String last, Site site) throws IOException, InterruptedException {
        for (String service : Site.SERVICES) {
            if (!service.equals(last)) {
                String old = begin(service, site);
                assertThat(site.processes().process(old).stop()).as(old).isZero();
            }
        }
    }

    /** A new one beside the old one. @return the old one's name */
    private static String begin(String service, Site site) throws IOException, InterruptedException {
        String old = site.name(service);
        String replacement = Processes.instance(service, 2);
        site.processes().start(List.of(replacement));
        assertThat(said(site, replacement)).noneMatch(line -> line.contains(OF_A_NEWER_PROGRAM));
        site.serve(service, 2);
        return old;
    }

    /** The screen dials in at the new one when the old one ends. */
    private static AlertStream replaceAlertService(Site site, Desk person) throws IOException, InterruptedException {
        String old = begin(Ingress.ALERT, site);
        AlertStream goesOn = person.listen();
        await("the new one's stream is live").atMost(LIMIT).until(goesOn::live);
        assertThat(site.processes().process(old).stop()).as(old).isZero();
        return goesOn;
    }

    /** A balancer sees by its probe that it stops, and leads units to the other one. */
    private static void replaceStation(int number, int other, Site site, Entrance entrance, Fleet fleet)
            throws IOException, InterruptedException {
        entrance.leadTo(site.units(other));
        String name = Processes.station(number);
        assertThat(site.processes().process(name).stop()).as(name).isZero();
        site.processes().start(List.of(name));
        entrance.leadTo(site.units(number));
        traffic(fleet);
    }

    private static List<String> said(Site site, String name) {
        return site.processes().process(name).program().output();
    }

    private static void shownInTime(Emergencies emergencies, List<AlertStream> streams) {
        Map<String, Wait> waits = new HashMap<>();
        await("all who fell were shown").atMost(LIMIT).until(() -> {
            streams.forEach(stream ->
                    emergencies.waits(stream).forEach(wait -> waits.merge(wait.serial(), wait, UpgradeIT::sooner)));
            return waits.keySet().containsAll(emergencies.serials());
        });
        LOG.info("\n{}", Emergencies.text(List.copyOf(waits.values())));
        assertThat(waits.values())
                .as("shown in time")
                .noneMatch(wait -> wait.took().compareTo(IN_TIME) > 0);
    }

    private static Wait sooner(Wait one, Wait other) {
        return one.took().compareTo(other.took()) <= 0 ? one : other;
    }
}
