package identicom.systemtests.balancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import identicom.simulator.fleet.Fleet;
import identicom.systemtests.backing.Processes;
import identicom.systemtests.harness.Program;
import java.time.Duration;

/** A station behind HAProxy is stopped in order while units dial in: none of them is to notice. */
final class Drain {
    private static final Duration SOON = Duration.ofSeconds(20);

    private Drain() {}

    /** Returns when the station's process has ended. */
    static void of(int station, Processes behind, HaProxy haproxy, Fleet fleet) throws InterruptedException {
        Program program = behind.process(Processes.station(station)).program();
        long refusedBefore = haproxy.failed(station);
        long failuresBefore = fleet.summary().failures();
        program.terminate();
        await("the draining one is out").atMost(SOON).until(() -> !haproxy.up(station));
        long given = haproxy.given(station);
        assertThat(program.isAlive()).as("it still listens when it is out").isTrue();

        assertThat(program.awaitExit()).isZero();

        assertThat(haproxy.given(station))
                .as("new connections since it was out")
                .isEqualTo(given);
        assertThat(haproxy.failed(station)).as("connections that it refused").isEqualTo(refusedBefore);
        assertThat(fleet.summary().failures()).as(fleet.summary().text()).isEqualTo(failuresBefore);
    }
}
