package identicom.alertservice.store;

import identicom.alertservice.alert.Alert;
import identicom.alertservice.event.CriticalEvent;
import identicom.alertservice.view.AlertView;
import identicom.schema.DatabaseSchema;
import identicom.testing.TestDatabase;
import identicom.testing.TestPostgres;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The storing parts over a real database, and the clock's offset in the test's hand. */
public abstract class StoreFixture {

    protected static final AlertList.Filter ANY = new AlertList.Filter(null, null, null);
    protected static final Actions.Person ANN = new Actions.Person("ann", "operator", "10.0.0.1");
    protected static final Actions.Person BOB = new Actions.Person("bob", "operator", "10.0.0.2");

    protected static final Duration WITHIN = Duration.ofMinutes(5);

    /** For what happens at once on a machine that has nothing else to do. */
    protected static final ConditionFactory SOON =
            Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50));

    protected final Set<String> withFeed = new HashSet<>();
    protected TestDatabase database;
    protected volatile Duration clockOffset = Duration.ZERO;
    protected DatabaseClock clock;
    protected Transactions transactions;
    protected ChangeLog changes;
    protected Intake intake;
    protected Actions actions;
    protected Incidents incidents;
    protected Reopening reopening;
    protected AlertList list;

    @BeforeEach
    void open() throws SQLException {
        database = TestDatabase.on(TestPostgres.shared(), DatabaseSchema.ALERTS);
        transactions = new Transactions(database.service());
        changes = new ChangeLog(transactions, serial -> "Wearer of " + serial, followers());
        clock = new DatabaseClock(() -> clockOffset);
        intake = new Intake(transactions, changes, clock, event -> Optional.empty());
        actions = new Actions(transactions, changes, clock, new Actions.Holding(WITHIN, withFeed::contains));
        incidents = new Incidents(changes, clock);
        reopening = new Reopening(transactions, changes, clock);
        list = new AlertList(transactions);
    }

    /** What follows the changes of alerts. */
    protected List<AlertFollower> followers() {
        return List.of();
    }

    @AfterEach
    void close() {
        database.close();
    }

    protected List<AlertView> alerts() throws SQLException {
        return list.page(ANY, Long.MAX_VALUE, 1000).alerts();
    }

    protected AlertView only() throws SQLException {
        List<AlertView> alerts = alerts();
        if (alerts.size() != 1) {
            throw new AssertionError(alerts.size() + " alerts (expected: 1)");
        }
        return alerts.getFirst();
    }

    /** Does all of it at the same moment and waits for the end of it. */
    protected static void together(Collection<? extends Callable<?>> work) throws Exception {
        CyclicBarrier start = new CyclicBarrier(work.size());
        try (ExecutorService threads = Executors.newFixedThreadPool(work.size())) {
            List<Future<?>> futures = new ArrayList<>();
            for (Callable<?> one : work) {
                futures.add(threads.submit(() -> {
                    start.await();
                    return one.call();
                }));
            }
            for (Future<?> future : futures) {
                future.get();
            }
        }
    }

    /** One call of {@link Incidents} in a transaction of its own. */
    protected List<Alert> raise(Incidents.Incident... all) throws SQLException {
        return transactions.run(tx -> incidents.raise(tx, List.of(all)));
    }

    protected void store(CriticalEvent... events) throws SQLException {
        intake.store(List.of(events));
    }
}
