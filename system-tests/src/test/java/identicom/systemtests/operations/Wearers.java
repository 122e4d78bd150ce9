package identicom.systemtests.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import identicom.simulator.fleet.Fleet;
import identicom.simulator.fleet.FleetOptions;
import identicom.simulator.fleet.Scenario;
import identicom.simulator.fleet.Serials;
import identicom.simulator.unit.Redial;
import identicom.systemtests.harness.Desk;
import identicom.wire.event.StandardEvent;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The units of a drill, each with two pictures: they call every few seconds, fall when they are told to, and try again soon. */
final class Wearers implements AutoCloseable {
    private static final int UNITS = 30;
    private static final int EVENTS = 3;
    private static final int PICTURES = 2;
    private static final Duration ROUND = Duration.ofSeconds(3);
    private static final Redial REDIAL =
            new Redial(Duration.ofMillis(500), Duration.ofSeconds(2), ROUND, Duration.ofSeconds(60));

    private final FleetOptions options;
    private final Fleet fleet;

    /** They call there once they are told to. */
    Wearers(InetSocketAddress entrance, String prefix) {
        options = new FleetOptions(
                        entrance, UNITS, prefix, EVENTS, 0, ROUND, Duration.ofDays(1), 1, 0, Duration.ofMillis(10))
                .withPictures(PICTURES);
        fleet = Fleet.idle(Scenario.of(options).withRedial(REDIAL));
    }

    /** All are put on the whitelist, the first one with a name. */
    void commission(Desk administrator) throws IOException, InterruptedException {
        administrator.commission(Serials.of(options));
        Desk.Answer answer =
                administrator.put("/api/v1/units/" + serial(0), Map.of("wearer", "Ada Moor", "site", "North"));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    void begin() {
        fleet.units().forEach(unit -> unit.dialAfter(Duration.ZERO));
    }

    Fleet fleet() {
        return fleet;
    }

    int count() {
        return UNITS;
    }

    String serial(int number) {
        return fleet.unit(number).unit().serial();
    }

    /** Those with these numbers go down, each of them once in a drill. */
    void fall(List<Integer> numbers) {
        numbers.forEach(number -> fleet.unit(number).log(StandardEvent.MAN_DOWN));
    }

    boolean raised(Desk desk, List<Integer> numbers) throws IOException, InterruptedException {
        for (int number : numbers) {
            if (desk.alerts(serial(number)).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** The one alert of a unit. */
    JsonNode alert(Desk desk, int number) throws IOException, InterruptedException {
        List<JsonNode> alerts = desk.alerts(serial(number));
        assertThat(alerts).as("alerts of %s", serial(number)).hasSize(1);
        return alerts.getFirst();
    }

    @Override
    public void close() {
        fleet.close();
    }
}
