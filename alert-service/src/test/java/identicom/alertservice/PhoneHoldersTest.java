package identicom.alertservice;

import static identicom.alertservice.Events.LANYARD;
import static identicom.alertservice.Events.MAN_DOWN;
import static identicom.alertservice.Events.NOON;
import static identicom.alertservice.Events.critical;
import static org.assertj.core.api.Assertions.assertThat;

import identicom.embedded.smsc.Smsc;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who takes alerts by a text hears of them by text: a real database, a real SMSC. */
class PhoneHoldersTest extends EscalationFixture {
    private static final String ONE = "+447700900123";
    private static final String TWO = "+447700900124";

    private Smsc smsc;
    private String take;

    @BeforeEach
    void tell() throws Exception {
        smsc = Smsc.start(Smsc.Options.withPassword(SMSC_PASSWORD));
        start(Map.of(), sms(smsc));
        SOON.until(() -> smsc.bound() == 1);
        put(
                "escalation-policies/default",
                "{\"levels\": [{\"afterSeconds\": 0, \"targets\": [{\"channel\": \"sms\", \"address\": \"" + ONE
                        + "\"}, {\"channel\": \"sms\", \"address\": \"" + TWO + "\"}]}]}");
        store(critical("MAN-1", 1, LANYARD, NOON));
        SOON.until(() -> texts(ONE).size() == 1 && texts(TWO).size() == 1);
        awaitAllTold();
        take = "TAKE " + only().reference().substring(1);
    }

    @AfterEach
    void hangUp() {
        smsc.close();
    }

    private List<String> texts(String number) {
        return smsc.messages().stream()
                .filter(message -> message.to().replace("+", "").equals(number.replace("+", "")))
                .map(message -> message.text())
                .toList();
    }

    private List<String> queued(String number) throws SQLException {
        return database.column(
                "select text from alerts.notification where level = 0 and address = '" + number + "' order by ordinal");
    }

    /** What is still on its way when the clock is put on is sent again. */
    private void taken() throws Exception {
        smsc.receive(ONE.substring(1), take);
        SOON.until(() -> texts(ONE).size() == 2);
        awaitAllTold();
    }

    @Test
    void whoTakesItAndWhoComesTooLateAreAnsweredOnceAndNobodyElse() throws Exception {
        taken();
        smsc.receive(TWO.substring(1), take);
        SOON.until(() -> texts(TWO).size() == 2);
        smsc.receive(ONE.substring(1), take);
        smsc.receive(TWO.substring(1), take);
        smsc.receive("447700900999", take);
        SOON.until(() -> smsc.undelivered() == 0);
        actions.close(only().id(), ANN, identicom.alertservice.alert.Handling.Outcome.GENUINE, null);
        smsc.receive(TWO.substring(1), take);
        SOON.until(() -> texts(TWO).size() == 3);

        String reference = only().reference();
        assertThat(texts(ONE)).last().isEqualTo(reference + " is yours");
        assertThat(texts(ONE)).hasSize(2);
        assertThat(texts(TWO).get(1)).matches(reference + " was taken by \\" + ONE + " at \\d\\d:\\d\\dZ");
        assertThat(texts(TWO)).last().isEqualTo(reference + " is closed");
        assertThat(texts("+447700900999")).isEmpty();
    }

    @Test
    void aManDownThatJoinsRingsThePhoneOfItsHolderWhoKeepsItByAnswering() throws Exception {
        taken();
        store(critical("MAN-1", 2, MAN_DOWN, NOON.plusSeconds(5)));
        SOON.until(() -> texts(ONE).size() == 3);
        assertThat(texts(ONE))
                .last()
                .satisfies(text -> assertThat(text)
                        .startsWith("MAN DOWN " + only().reference())
                        .contains("rings again")
                        .endsWith("reply " + take));
        store(critical("MAN-1", 3, MAN_DOWN, NOON.plusSeconds(6)));
        assertThat(queued(ONE)).as("the same again says nothing new").hasSize(2);

        smsc.receive(ONE.substring(1), take);
        SOON.until(() -> texts(ONE).size() == 4);
        awaitAllTold();
        clockOffset = Duration.ofSeconds(31);
        assertThat(reopening.reopenDue()).isZero();
        assertThat(only().acknowledgedBy()).isEqualTo("sms:" + ONE);
        assertThat(texts(ONE)).last().isEqualTo(only().reference() + " is yours");
        assertThat(texts(TWO)).as("who does not hold it").hasSize(1);
    }

    @Test
    void theReminderGoesToThePhoneOfItsHolder() throws Exception {
        taken();
        clockOffset = WITHIN.plusSeconds(1);
        SOON.until(() -> reopening.attendDue(WITHIN) == 1);
        SOON.until(() -> texts(ONE).size() == 3);
        assertThat(texts(ONE))
                .last()
                .satisfies(
                        text -> assertThat(text).contains("nothing was noted").endsWith("reply " + take));

        smsc.receive(ONE.substring(1), take);
        SOON.until(() -> texts(ONE).size() == 4);
        clockOffset = clockOffset.plus(WITHIN).minusSeconds(60);
        assertThat(reopening.attendDue(WITHIN)).isZero();
    }

    @Test
    void whoHoldsItOnAScreenGetsNoText() throws Exception {
        actions.acknowledge(only().id(), ANN);
        store(critical("MAN-1", 2, MAN_DOWN, NOON.plusSeconds(5)));
        clockOffset = Duration.ofSeconds(1);

        assertThat(database.number("select count(*) from alerts.notification where level = 0"))
                .isZero();
    }
}
