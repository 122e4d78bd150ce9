package identicom.alertservice;

import static identicom.alertservice.Events.LANYARD;
import static identicom.alertservice.Events.MAN_DOWN;
import static identicom.alertservice.Events.NOON;
import static identicom.alertservice.Events.critical;
import static org.assertj.core.api.Assertions.assertThat;

import identicom.alertservice.store.Actions.Person;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is queued for the phone of a holder, in the transaction that rings: no channel is there that would take it. */
class TextsToHoldersTest extends EscalationFixture {

    private static final Person PHONE = new Person("sms:+447700900123", "", "sms");

    private UUID alert;

    @BeforeEach
    void take() throws SQLException {
        store(critical("MAN-1", 1, LANYARD, NOON));
        alert = only().id();
        actions.acknowledge(alert, PHONE);
    }

    private List<String> texts() throws SQLException {
        return database.column("select split_part(text, ':', 1) from alerts.notification order by ordinal");
    }

    @Test
    void reminderIsQueuedForTheHoldersPhoneOnceAndReopeningTellsNoHolder() throws SQLException {
        clockOffset = WITHIN.plusSeconds(1);
        reopening.attendDue(WITHIN);
        reopening.attendDue(WITHIN);
        assertThat(outbox()).containsExactly("sms +447700900123 0 queued");

        clockOffset = WITHIN.multipliedBy(2).plusSeconds(2);
        assertThat(reopening.attendDue(WITHIN)).isOne();
        assertThat(only().state()).isEqualTo("open");
        assertThat(outbox()).hasSize(1);
    }

    @Test
    void ringIsQueuedOnceUntilItIsAnsweredUnlessItBecomesGraver() throws SQLException {
        store(critical("MAN-1", 2, LANYARD, NOON.plusSeconds(1)));
        store(critical("MAN-1", 3, LANYARD, NOON.plusSeconds(2)));
        store(critical("MAN-1", 4, MAN_DOWN, NOON.plusSeconds(3)));
        store(critical("MAN-1", 5, MAN_DOWN, NOON.plusSeconds(4)));
        String reference = only().reference();
        assertThat(texts()).containsExactly("LANYARD PIN REMOVED " + reference, "MAN DOWN " + reference);

        actions.acknowledge(alert, PHONE);
        store(critical("MAN-1", 6, MAN_DOWN, NOON.plusSeconds(5)));
        assertThat(texts()).hasSize(3);
    }

    @Test
    void neitherWhoHoldsItOnAScreenNorWhoHoldsATestIsSentAText() throws SQLException {
        database.execute("update alerts.alert set test = true, test_until = now() + interval '1 hour'");
        actions.note(alert, ANN, "a step");
        clockOffset = WITHIN.plusSeconds(1);
        store(critical("MAN-2", 1, LANYARD, NOON));
        actions.acknowledge(alerts().getFirst().id(), ANN);
        store(critical("MAN-2", 2, MAN_DOWN, NOON.plusSeconds(1)));

        assertThat(outbox()).isEmpty();
    }
}
