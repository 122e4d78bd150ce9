package identicom.alertservice.store;

import static identicom.alertservice.Events.LANYARD;
import static identicom.alertservice.Events.MAN_DOWN;
import static identicom.alertservice.Events.NOON;
import static identicom.alertservice.Events.critical;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import identicom.alertservice.alert.AlertState;
import identicom.alertservice.alert.Answer;
import identicom.alertservice.alert.Handling.Outcome;
import identicom.alertservice.view.AlertView;
import identicom.alertservice.view.AlertView.HistoryEntry;
import identicom.schema.v1.AuditEntry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ActionsTest extends StoreFixture {

    private UUID alert;

    @BeforeEach
    void raise() throws SQLException {
        store(critical("MAN-1", 1, LANYARD, NOON));
        alert = only().id();
    }

    private void anotherEvent() throws SQLException {
        store(critical("MAN-1", 2, MAN_DOWN, NOON.plusSeconds(60)));
    }

    private List<String> history() throws SQLException {
        return only().history().stream().map(HistoryEntry::what).toList();
    }

    @Test
    void whatAPersonDoesStandsInTheHistoryAndOnItsWayToTheAudit() throws Exception {
        actions.acknowledge(alert, ANN);
        actions.note(alert, BOB, "called, no answer");
        actions.close(alert, ANN, Outcome.GENUINE, "found in time");

        assertThat(only().history())
                .extracting(HistoryEntry::what, HistoryEntry::who, HistoryEntry::detail)
                .contains(
                        tuple("acknowledged", "ann", null),
                        tuple("note", "bob", "called, no answer"),
                        tuple("closed", "ann", "genuine: found in time"));
        assertThat(audited())
                .extracting(AuditEntry::getWho, AuditEntry::getAction, AuditEntry::getObject, AuditEntry::getFrom)
                .containsExactly(
                        tuple("ann", "alert.acknowledge", alert.toString(), "10.0.0.1"),
                        tuple("bob", "alert.note", alert.toString(), "10.0.0.2"),
                        tuple("ann", "alert.close", alert.toString(), "10.0.0.1"));
        assertThat(only().outcome()).isEqualTo("genuine");
    }

    private List<AuditEntry> audited() throws Exception {
        List<byte[]> values = transactions.run(tx -> {
            List<byte[]> found = new ArrayList<>();
            try (var query = tx.prepareStatement("select value from alerts.outbox order by id");
                    ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    found.add(row.getBytes(1));
                }
            }
            return found;
        });
        List<AuditEntry> entries = new ArrayList<>();
        for (byte[] value : values) {
            entries.add(AuditEntry.parseFrom(value));
        }
        return entries;
    }

    @Test
    void ofManyWhoAcknowledgeAtOnceOneHoldsItAndTheOthersAreRefused() throws Exception {
        List<Answer> answers = Collections.synchronizedList(new ArrayList<>());
        List<Callable<Boolean>> people = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Actions.Person person = new Actions.Person("user-" + i, "operator", "10.0.0.9");
            people.add(() ->
                    answers.add(actions.acknowledge(alert, person).orElseThrow().answer()));
        }
        together(people);

        assertThat(answers).filteredOn(Answer.Done.class::isInstance).hasSize(1);
        assertThat(answers).filteredOn(Answer.Refused.class::isInstance).hasSize(7);
        assertThat(history()).containsExactly("raised", "acknowledged");
    }

    @Test
    void acknowledgingAgainByTheSameUserChangesNothing() throws SQLException {
        actions.acknowledge(alert, ANN);
        long told = changes.range().newest();

        assertThat(actions.acknowledge(alert, ANN).orElseThrow().answer()).isInstanceOf(Answer.AsBefore.class);
        assertThat(changes.range().newest()).isEqualTo(told);
    }

    @Test
    void ringThatIsNotAnsweredIn30SecondsOpensTheAlertAgain() throws SQLException {
        actions.acknowledge(alert, ANN);
        anotherEvent();
        clockOffset = Duration.ofSeconds(10);
        assertThat(reopening.reopenDue()).isZero();
        assertThat(only().state()).isEqualTo("acknowledged");

        clockOffset = Duration.ofSeconds(31);
        assertThat(reopening.reopenDue()).isOne();
        AlertView reopened = only();
        assertThat(reopened.state()).isEqualTo("open");
        assertThat(reopened.acknowledgedBy()).isNull();
        assertThat(reopened.rings()).isEqualTo(3);
        assertThat(history()).containsExactly("raised", "acknowledged", "joined", "reopened");
        assertThat(reopening.reopenDue()).as("once").isZero();
    }

    @Test
    void answeredRingLeavesTheAlertWithItsHolder() throws SQLException {
        actions.acknowledge(alert, ANN);
        anotherEvent();
        actions.acknowledge(alert, ANN);
        clockOffset = Duration.ofSeconds(300);

        assertThat(reopening.reopenDue()).isZero();
        assertThat(only().acknowledgedBy()).isEqualTo("ann");
        assertThat(history()).containsExactly("raised", "acknowledged", "joined", "acknowledged");
    }

    @Test
    void severalInstancesReopenAnAlertOnce() throws Exception {
        actions.acknowledge(alert, ANN);
        anotherEvent();
        clockOffset = Duration.ofSeconds(31);
        together(Collections.nCopies(4, (Callable<Integer>) reopening::reopenDue));

        assertThat(history()).containsExactly("raised", "acknowledged", "joined", "reopened");
    }

    @Test
    void nothingInTheHistoryCanBeChangedByTheService() {
        assertThatThrownBy(() -> database.text("update alerts.history set who = 'eve' returning who"))
                .hasMessageContaining("permission denied");
    }

    @Test
    void pagesShowEachAlertThatWasThereAtTheFirstOneOnce() throws SQLException {
        for (int i = 0; i < 24; i++) {
            store(critical("P-" + i, 1, MAN_DOWN, NOON));
        }
        List<String> seen = new ArrayList<>();
        Long below = Long.MAX_VALUE;
        int fresh = 0;
        while (below != null) {
            AlertList.Found page = list.page(ANY, below, 7);
            page.alerts().forEach(a -> seen.add(a.serial()));
            below = page.next();
            store(critical("NEW-" + fresh++, 1, MAN_DOWN, NOON));
        }

        assertThat(seen).hasSize(25).doesNotHaveDuplicates().contains("MAN-1", "P-0", "P-23");
    }

    @Test
    void filtersByStateAndKind() throws SQLException {
        store(critical("MAN-2", 1, MAN_DOWN, NOON));
        actions.acknowledge(alert, ANN);

        assertThat(found(new AlertList.Filter(AlertState.ACKNOWLEDGED, null, null)))
                .containsExactly("MAN-1");
        assertThat(found(new AlertList.Filter(null, null, "man-down"))).containsExactly("MAN-2");
        assertThat(found(new AlertList.Filter(null, "MAN-2", "lanyard-pin-removed")))
                .isEmpty();
    }

    private List<String> found(AlertList.Filter filter) throws SQLException {
        return list.page(filter, Long.MAX_VALUE, 10).alerts().stream()
                .map(AlertView::serial)
                .toList();
    }
}
