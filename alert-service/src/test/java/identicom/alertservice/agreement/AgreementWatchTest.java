package identicom.alertservice.agreement;

import static identicom.alertservice.Events.MAN_DOWN;
import static identicom.alertservice.Events.NOON;
import static identicom.alertservice.Events.critical;
import static identicom.schema.Cluster.MAIN;
import static identicom.schema.Cluster.PRIORITY;
import static org.assertj.core.api.Assertions.assertThat;

import identicom.alertservice.store.StoreFixture;
import identicom.alertservice.view.AlertView.HistoryEntry;
import identicom.runtime.process.Metrics;
import identicom.schema.Cluster;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AgreementWatchTest extends StoreFixture {
    private final Metrics metrics = new Metrics();
    private Duration time = Duration.ZERO;
    private int committed;
    private AgreementWatch watch;

    @BeforeEach
    void build() {
        watch = instance();
    }

    private AgreementWatch instance() {
        return new AgreementWatch(
                Duration.ofSeconds(60), transactions, incidents, metrics, () -> time.toNanos(), () -> committed++);
    }

    private void read(String serial, Cluster from) {
        read(watch, serial, from, Instant.now());
    }

    private static void read(AgreementWatch by, String serial, Cluster from, Instant at) {
        by.read(critical(serial, 1, MAN_DOWN, NOON), from, at);
    }

    private void lookAfter(int seconds) throws SQLException {
        time = time.plusSeconds(seconds);
        watch.look();
    }

    /** What the technical alert's history says, oldest first. */
    private List<String> said() throws SQLException {
        return only().history().stream().map(HistoryEntry::detail).toList();
    }

    @Test
    void anEventThatOnlyOneClusterCarriesIsATechnicalAlert() throws Exception {
        read("A-1", MAIN);
        read("A-2", MAIN);
        read("A-2", PRIORITY);
        lookAfter(59);
        assertThat(alerts()).isEmpty();
        assertThat(committed).isZero();

        lookAfter(1);

        assertThat(only().kind()).isEqualTo("technical");
        assertThat(only().eventClass()).isEqualTo("critical");
        assertThat(only().history())
                .anySatisfy(line -> assertThat(line.detail())
                        .isEqualTo("1 critical event on main and not on priority after 60 s (units A-1)"));
        assertThat(committed).isEqualTo(1);
        assertThat(metrics.registry()
                        .get("identicom.clusters.disagree")
                        .tag("cluster", "main")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void whatFollowsIsToldOnceAMinuteInTheSameAlert() throws Exception {
        read("A-1", PRIORITY);
        read("A-2", PRIORITY);
        lookAfter(60);
        List<String> before = said();
        read("A-3", PRIORITY);
        time = time.plusSeconds(10);
        read("A-4", MAIN);
        lookAfter(50);
        lookAfter(10);

        assertThat(before).contains("2 critical events on priority and not on main after 60 s (units A-1, A-2)");
        assertThat(said()).startsWith(before.toArray(String[]::new)).hasSize(before.size() + 1);
        assertThat(said().getLast()).isEqualTo("1 critical event on priority and not on main after 60 s (units A-3)");

        lookAfter(49);
        assertThat(said()).hasSize(before.size() + 1);
        lookAfter(1);
        assertThat(said().getLast()).isEqualTo("1 critical event on main and not on priority after 60 s (units A-4)");
    }

    @Test
    void manyUnitsAreCountedAndTheFirstNamed() throws Exception {
        for (int i = 1; i <= 8; i++) {
            read("A-" + i, MAIN);
        }
        lookAfter(60);

        assertThat(said())
                .contains(
                        "8 critical events on main and not on priority after 60 s (units A-1, A-2, A-3, A-4, A-5 and 3 more)");
    }

    @Test
    void whatWasWrittenLongBeforeTheStartSaysNothing() throws Exception {
        read(watch, "A-1", MAIN, Instant.now().minusSeconds(90));
        lookAfter(60);

        assertThat(alerts()).isEmpty();
    }

    @Test
    void asManyInstancesAsThereAreRaiseOneAlertThatRingsOnce() throws Exception {
        AgreementWatch other = instance();
        read("A-1", MAIN);
        read(other, "A-1", MAIN, Instant.now());
        lookAfter(60);
        other.look();

        assertThat(database.column("select rings from alerts.alert")).containsExactly("1");
    }
}
