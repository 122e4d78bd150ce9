package identicom.alertservice.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import identicom.alertservice.event.ManDownCleared;
import identicom.alertservice.store.ChangeLog;
import identicom.alertservice.store.Clearings;
import identicom.alertservice.store.DatabaseClock;
import identicom.alertservice.store.Incidents;
import identicom.alertservice.store.Incidents.Incident;
import identicom.alertservice.store.Transactions;
import identicom.alertservice.supervision.SupervisedSystem.Station;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two instances sweep and raise real alerts; one of them loses its connection at the deadline. */
class TwoInstancesTest {

    private SupervisedSystem system;

    @BeforeEach
    void open() throws Exception {
        system = new SupervisedSystem(TwoInstancesTest::alarms);
    }

    @AfterEach
    void close() {
        system.close();
    }

    private static Alarms alarms(Transactions transactions) {
        ChangeLog changes = new ChangeLog(transactions, serial -> null, List.of());
        DatabaseClock clock = new DatabaseClock(() -> Duration.ZERO);
        return Alarms.of(new Incidents(changes, clock), new Clearings(changes, clock));
    }

    @Test
    void aMassLossAndTheAmberInItAreEachRaisedOnceThoughTheFirstThatRaisesThemDies() throws Exception {
        Station station = system.station("rx-1");
        List<String> serials = IntStream.range(0, 30).mapToObj(i -> "U" + i).toList();
        system.units(serials, "Leeds", 30, 1, true);
        station.opened(serials, "s1");
        system.event("U7", "s1", 0x24, 1);
        Alarms real = alarms(system.transactions);
        Sweep living = system.sweep(real);
        Sweep dying = system.sweep(new Dying(real));
        system.pass(Duration.ofMinutes(35).minusSeconds(2), living, dying);
        assertThat(alerts()).isEmpty();
        assertThatThrownBy(() -> system.pass(Duration.ofSeconds(6), dying)).isInstanceOf(SQLException.class);
        assertThat(alerts()).isEmpty();
        system.pass(Duration.ofMinutes(5), living, system.sweep(real));
        assertThat(alerts()).containsExactlyInAnyOrder("mass-loss fleet 1", "missed-check-in U7 1");
        assertThat(system.database.number("select count(*) from alerts.flood_serial"))
                .isEqualTo(29);
        station.opened(serials.subList(0, 20), "s2");
        system.pass(Duration.ofSeconds(10), living);
        station.opened(serials.subList(20, 30), "s2");
        system.pass(Duration.ofSeconds(10), living);
        assertThat(history("mass-loss")).containsExactly("19 of 29 were heard again", "29 of 29 were heard again");
        assertThat(history("missed-check-in")).singleElement().asString().startsWith("heard again at ");
    }

    private List<String> alerts() throws SQLException {
        return system.database.column(
                "select kind || ' ' || coalesce(serial, subject) || ' ' || rings from alerts.alert order by number");
    }

    private List<String> history(String kind) throws SQLException {
        return system.database.column("""
                select h.detail from alerts.history h join alerts.alert a on a.id = h.alert_id
                 where a.kind = '%s' and h.what = 'unit-heard' order by h.at, h.detail""".formatted(kind));
    }

    /** Ends its connection after it has raised its alerts, before it commits. */
    private final class Dying implements Alarms {
        private final Alarms real;

        private Dying(Alarms real) {
            this.real = real;
        }

        @Override
        public List<UUID> raise(Connection tx, List<Incident> incidents) throws SQLException {
            List<UUID> alerts = real.raise(tx, incidents);
            try (Connection owner = system.database.owner();
                    Statement ask = tx.createStatement();
                    var backend = ask.executeQuery("select pg_backend_pid()");
                    Statement kill = owner.createStatement()) {
                backend.next();
                kill.execute("select pg_terminate_backend(" + backend.getInt(1) + ")");
            }
            return alerts;
        }

        @Override
        public void heard(Connection tx, Map<String, Instant> units) throws SQLException {
            real.heard(tx, units);
        }

        @Override
        public void heardAgain(Connection tx, UUID alert, String detail) throws SQLException {
            real.heardAgain(tx, alert, detail);
        }

        @Override
        public boolean cleared(Connection tx, List<ManDownCleared> cleared) throws SQLException {
            return real.cleared(tx, cleared);
        }
    }
}
