package identicom.alertservice.store;

import static identicom.alertservice.Events.LANYARD;
import static identicom.alertservice.Events.MAN_DOWN;
import static identicom.alertservice.Events.NOON;
import static identicom.alertservice.Events.critical;
import static org.assertj.core.api.Assertions.assertThat;

import identicom.alertservice.alert.Alert;
import identicom.alertservice.alert.Handling.Outcome;
import identicom.alertservice.event.CriticalEvent;
import identicom.alertservice.store.ChangeLog.Change;
import identicom.alertservice.view.AlertJson;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ChangeLogTest extends StoreFixture {

    @Test
    void eachChangeTellsTheAlertAsItThenWas() throws SQLException {
        CriticalEvent lanyard = critical("MAN-1", 1, LANYARD, NOON);
        store(lanyard);
        store(critical("MAN-1", 2, MAN_DOWN, NOON));
        actions.close(only().id(), ANN, Outcome.GENUINE, null);

        List<Change> told = changes.after(0, 10);
        assertThat(told)
                .extracting(c -> AlertJson.read(c.body()).kind())
                .containsExactly("lanyard-pin-removed", "man-down", "man-down");
        assertThat(told).extracting(Change::closed).containsExactly(false, false, true);
        assertThat(told.getFirst().identities()).containsExactly(lanyard.id());
        assertThat(AlertJson.read(told.getLast().body())).isEqualTo(only());
        assertThat(told.getLast().body()).doesNotContain("\n");
    }

    /** The transaction that draws its id first is the slower one: who reads on must not overtake it. */
    @Test
    void changeThatCommitsLaterHasTheHigherId() throws Exception {
        store(critical("MAN-1", 1, LANYARD, NOON));
        store(critical("MAN-2", 1, LANYARD, NOON));
        long before = changes.range().newest();
        CompletableFuture<Boolean> second;
        try (Connection first = database.service().getConnection()) {
            first.setAutoCommit(false);
            Alert alert = AlertTable.lock(
                            first, critical("MAN-1", 1, LANYARD, NOON).id().alertId())
                    .orElseThrow();
            changes.append(first, List.of(alert), Map.of(), NOON);
            second = CompletableFuture.supplyAsync(() -> storeUnchecked(critical("MAN-2", 2, MAN_DOWN, NOON)));
            SOON.until(() ->
                    database.number("select count(*) from pg_locks where locktype = 'advisory' and not granted") == 1);
            assertThat(changes.after(before, 10)).as("neither is told yet").isEmpty();
            first.commit();
        }
        second.join();

        assertThat(changes.after(before, 10))
                .extracting(c -> AlertJson.read(c.body()).serial())
                .containsExactly("MAN-1", "MAN-2");
    }

    private boolean storeUnchecked(CriticalEvent event) {
        try {
            return intake.store(List.of(event));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whoReadsOnWhileManyCommitMissesNothing() throws Exception {
        int writers = 4;
        int each = 100;
        AtomicInteger running = new AtomicInteger(writers);
        List<Long> read = new ArrayList<>();
        List<Callable<Object>> work = new ArrayList<>();
        for (int writer = 0; writer < writers; writer++) {
            String serial = "W-" + writer + "-";
            work.add(() -> {
                for (int i = 0; i < each; i++) {
                    store(critical(serial + i, 1, MAN_DOWN, NOON));
                }
                return running.decrementAndGet();
            });
        }
        work.add(() -> {
            boolean last;
            do {
                last = running.get() == 0;
                long from = read.isEmpty() ? 0 : read.getLast();
                changes.after(from, 50).forEach(change -> read.add(change.id()));
            } while (!last || read.size() < writers * each);
            return read;
        });
        together(work);

        assertThat(read).hasSize(writers * each).isSorted().doesNotHaveDuplicates();
        assertThat(changes.after(0, 1000)).extracting(Change::id).isEqualTo(read);
    }

    @Test
    void snapshotHoldsWhatIsNotClosedInTheOrderOfTheLastChanges() throws SQLException {
        store(critical("MAN-1", 1, LANYARD, NOON));
        store(critical("MAN-2", 1, LANYARD, NOON));
        store(critical("MAN-3", 1, LANYARD, NOON));
        actions.close(critical("MAN-2", 1, LANYARD, NOON).id().alertId(), ANN, Outcome.TEST, null);
        store(critical("MAN-1", 2, MAN_DOWN, NOON));

        ChangeLog.Snapshot snapshot = changes.snapshot();
        assertThat(snapshot.open())
                .extracting(c -> AlertJson.read(c.body()).serial())
                .containsExactly("MAN-3", "MAN-1");
        assertThat(snapshot.range().newest())
                .isEqualTo(snapshot.open().getLast().id());
    }

    @Test
    void whatWasPurgedCannotBeResumedFrom() throws SQLException {
        store(critical("MAN-1", 1, LANYARD, NOON));
        store(critical("MAN-2", 1, LANYARD, NOON));
        transactions.run(tx -> {
            try (var statement = tx.createStatement()) {
                return statement.executeUpdate(
                        "update alerts.change set at = at - interval '25 hours' where id = (select min(id) from alerts.change)");
            }
        });
        changes.purge();

        ChangeLog.Range range = changes.range();
        assertThat(changes.after(0, 10)).hasSize(1);
        assertThat(range.holds(range.newest())).isTrue();
        assertThat(range.holds(range.purgedTo())).isTrue();
        assertThat(range.holds(range.purgedTo() - 1)).isFalse();
        assertThat(range.holds(range.newest() + 1)).isFalse();
    }
}
