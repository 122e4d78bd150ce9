package identicom.alertservice.notify.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import identicom.alertservice.notify.sms.Receipt.State;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PartReceiptsTest {
    private final Heard heard = new Heard();
    private final AtomicLong now = new AtomicLong();
    private final PartReceipts receipts = new PartReceipts("acme", heard, now::get);

    private void delivered(String id) {
        receipts.receipt(new Receipt(id, State.DELIVERED, "DELIVRD"));
    }

    @Test
    void aMessageIsDeliveredWithTheLastOfItsPartsAndOnce() {
        receipts.accepted(List.of("a", "b", "c"));
        delivered("c");
        delivered("a");
        delivered("a");
        assertThat(heard.receipts()).isEmpty();

        delivered("b");
        delivered("b");
        assertThat(heard.receipts()).containsExactly("acme c true DELIVRD");
    }

    @Test
    void onePartThatFailedIsAMessageThatFailed() {
        receipts.accepted(List.of("a", "b"));
        delivered("b");
        receipts.receipt(new Receipt("a", State.OPEN, "ENROUTE"));
        receipts.receipt(new Receipt("a", State.FAILED, "EXPIRED"));
        delivered("a");

        assertThat(heard.receipts()).containsExactly("acme b false EXPIRED");
    }

    @Test
    void aReceiptMayComeBeforeItsMessageWasAcceptedAsAWhole() {
        delivered("a");
        receipts.accepted(List.of("a", "b"));
        delivered("b");

        assertThat(heard.receipts()).containsExactly("acme a true DELIVRD", "acme b true DELIVRD");
    }

    @Test
    void whatIsNotRememberedGoesByItsOwnId() {
        delivered("of-before-the-restart");

        assertThat(heard.receipts()).containsExactly("acme of-before-the-restart true DELIVRD");
    }

    @Test
    void theLastPartStandsForTheOthersThatSayNothing() {
        receipts.accepted(List.of("a", "b", "c"));
        delivered("a");
        delivered("c");
        now.addAndGet(Duration.ofSeconds(59).toNanos());
        receipts.passOnWaiting();
        assertThat(heard.receipts()).isEmpty();

        now.addAndGet(Duration.ofSeconds(1).toNanos());
        receipts.passOnWaiting();
        receipts.passOnWaiting();
        assertThat(heard.receipts()).containsExactly("acme c true DELIVRD, known of 2 of 3 parts");
    }

    @Test
    void aReceiptThatCouldNotBePassedOnIsPassedOnWhenItComesAgain() {
        receipts.accepted(List.of("a", "b"));
        delivered("a");
        heard.fail(true);
        assertThatThrownBy(() -> delivered("b")).isInstanceOf(IllegalStateException.class);
        heard.fail(false);
        delivered("b");

        assertThat(heard.receipts()).containsExactly("acme b true DELIVRD");
    }

    @Test
    void theOldestMessagesAreForgotten() {
        receipts.accepted(List.of("old-1", "old-2"));
        for (int i = 0; i < 5_000; i++) {
            receipts.accepted(List.of("m" + i + "-1", "m" + i + "-2"));
        }
        delivered("old-1");

        assertThat(heard.receipts()).containsExactly("acme old-1 true DELIVRD");
    }
}
