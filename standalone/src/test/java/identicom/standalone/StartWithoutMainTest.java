package identicom.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import identicom.runtime.config.Configuration;
import identicom.simulator.fleet.Fleet;
import identicom.simulator.fleet.FleetOptions;
import identicom.simulator.fleet.Scenario;
import identicom.simulator.fleet.Serials;
import identicom.simulator.line.DialingUnit;
import identicom.simulator.unit.Redial;
import identicom.standalone.process.ProcessKeys;
import identicom.standalone.process.ServiceKind;
import identicom.standalone.process.ServiceProcess;
import identicom.wire.event.StandardEvent;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is started while main is away: with priority alone emergencies come through, and all else once main is back. */
class StartWithoutMainTest {
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final Pattern UNITS_PORT = Pattern.compile(" units=(\\d+) ");
    private static final Redial REDIAL =
            new Redial(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(30));
    /** So that a start notices within seconds that nobody answers. */
    private static final Map<String, String> IMPATIENT =
            Map.of("kafka.main.default.api.timeout.ms", "4000", "kafka.main.request.timeout.ms", "2000");

    private final List<String> progress = new CopyOnWriteArrayList<>();

    @TempDir
    Path folder;

    @Test
    void aManDownIsAnAlertWithPriorityAloneAndTheLogIsTakenWhenMainIsBack() throws Exception {
        try (RealParts parts = new RealParts(folder.resolve("parts"))) {
            parts.killMain();
            try (ServiceProcess alerts = start(parts, ServiceKind.ALERT_SERVICE);
                    ServiceProcess station = start(parts, ServiceKind.RECEIVER)) {
                assertThat(progress)
                        .filteredOn(line -> line.startsWith("starting without one cluster: Kafka main does not answer"))
                        .hasSize(2);
                assertThat(alerts.readyLine()).startsWith("identicom alert-service ready ");
                Matcher port = UNITS_PORT.matcher(station.readyLine());
                assertThat(port.find()).isTrue();
                FleetOptions options =
                        FleetOptions.of(new InetSocketAddress("127.0.0.1", Integer.parseInt(port.group(1))), 1);
                String serial = Serials.of(options).getFirst();
                parts.execute(
                        parts.database(),
                        "insert into fleet.units values ('" + serial
                                + "', 'Jane Doe', '', '', 30, 5, 'commissioned', 1, now(), 'test')");
                try (Fleet fleet = Fleet.idle(Scenario.of(options).withRedial(REDIAL))) {
                    DialingUnit unit = fleet.unit(0);
                    unit.log(StandardEvent.MAN_DOWN);
                    await("the alert").atMost(SOON).until(() -> manDowns(parts, serial) == 1);
                    assertThat(unit.unit().deletedCount()).isZero();

                    parts.restartMain();
                    await("the unit's log is durable and deleted")
                            .atMost(SOON)
                            .until(() -> unit.unit().empty());
                    assertThat(manDowns(parts, serial)).isOne();
                }
            }
        }
    }

    private ServiceProcess start(RealParts parts, ServiceKind kind) throws Exception {
        Map<String, String> values = new HashMap<>(parts.configuration());
        values.putAll(IMPATIENT);
        values.put("data", Files.createDirectories(folder.resolve(kind.text())).toString());
        return ServiceProcess.start(kind, Configuration.of(values, ProcessKeys.all()), progress::add);
    }

    private static long manDowns(RealParts parts, String serial) throws SQLException {
        return parts.count("select count(*) from alerts.alert where kind = 'man-down' and serial = '" + serial + "'");
    }
}
