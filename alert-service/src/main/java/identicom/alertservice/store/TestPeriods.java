package identicom.alertservice.store;

import identicom.alertservice.alert.OnTest;
import identicom.alertservice.store.Actions.Person;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Units on test: who is, until when, and who said so. */
public final class TestPeriods {

    private static final String ACTION = "unit.test";

    private final Transactions transactions;
    private final TestAlerts alerts;
    private final DatabaseClock clock;

    public TestPeriods(Transactions transactions, TestAlerts alerts, DatabaseClock clock) {
        this.transactions = transactions;
        this.alerts = alerts;
        this.clock = clock;
    }

    /** Those on test now, after this serial, in order. */
    public List<OnTest> after(String serial, int atMost) throws SQLException {
        return transactions.run(tx -> TestTable.after(tx, serial, atMost, clock.now(tx)));
    }

    /** The unit is on test from now on, for so long, whatever was set before: so is what it has raised as a test. */
    public OnTest put(String serial, Duration length, Person person) throws SQLException {
        if (length.compareTo(OnTest.LONGEST) > 0) {
            throw new IllegalArgumentException("a test of " + length + " (expected: at most " + OnTest.LONGEST + ")");
        }
        return transactions.run(tx -> {
            AlertLocks.take(tx, List.of(serial));
            Instant now = clock.now(tx);
            OnTest unit = new OnTest(serial, now, now.plus(length), person.user());
            TestTable.put(tx, unit);
            Map<String, String> told = Map.of("until", unit.until().toString());
            AuditTrail.add(tx, person, ACTION, serial, told, now);
            alerts.endsAt(tx, serial, unit.until(), now);
            return unit;
        });
    }

    /** The unit's test ends now. Empty: it was not on test. */
    public Optional<OnTest> end(String serial, Person person) throws SQLException {
        return transactions.run(tx -> {
            AlertLocks.take(tx, List.of(serial));
            Instant now = clock.now(tx);
            Optional<OnTest> unit =
                    TestTable.of(tx, List.of(serial), now).stream().findFirst();
            if (unit.isPresent()) {
                TestTable.delete(tx, serial);
                AuditTrail.add(tx, person, ACTION, serial, Map.of("until", now.toString()), now);
                alerts.endsAt(tx, serial, now, now);
            }
            return unit;
        });
    }
}
