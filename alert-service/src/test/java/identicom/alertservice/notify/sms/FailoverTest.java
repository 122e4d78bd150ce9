package identicom.alertservice.notify.sms;

import static identicom.alertservice.notify.sms.SmsChannelFixture.PATIENT;
import static identicom.alertservice.notify.sms.SmsChannelFixture.SOON;
import static identicom.alertservice.notify.sms.SmsChannelFixture.awaitBound;
import static identicom.alertservice.notify.sms.SmsChannelFixture.send;
import static identicom.alertservice.notify.sms.SmsChannelFixture.sentBy;
import static identicom.alertservice.notify.sms.SmsChannelFixture.texts;
import static org.assertj.core.api.Assertions.assertThat;

import identicom.alertservice.notify.Handed;
import identicom.embedded.smsc.Smsc;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jsmpp.SMPPConstant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two providers, of which one or both do what they should not. */
class FailoverTest {
    /** What a provider is given that nobody has set otherwise. */
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    /** Without a wait for the first. */
    private static final Duration AT_ONCE = PATIENT;

    private final SmsChannelFixture fixture = new SmsChannelFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    private SmsChannel channel(Smsc first, Smsc second) {
        return fixture.patient()
                .provider(1, first.port())
                .provider(2, second.port())
                .start();
    }

    private SmsChannel impatient(Smsc first, Smsc second) {
        return fixture.provider(1, first.port()).provider(2, second.port()).start();
    }

    @Test
    void whileTheFirstHangsTheSecondHasTheTextWithinTenSecondsAndTheNextOnesAtOnce() throws Exception {
        Smsc first = fixture.smsc();
        Smsc second = fixture.smsc();
        SmsChannel channel = impatient(first, second);
        awaitBound(first, second);
        first.faults().hangOnSubmit(true);

        assertThat(sentBy("other", channel, "one")).isBetween(TIMEOUT, Duration.ofSeconds(10));
        assertThat(sentBy("other", channel, "two")).isLessThan(TIMEOUT);
        assertThat(sentBy("other", channel, "three")).isLessThan(TIMEOUT);
        assertThat(texts(second)).containsExactly("one", "two", "three");
        assertThat(fixture.metrics.scrape())
                .contains("identicom_sms_messages_total{outcome=\"failed\",provider=\"1\"} 1.0")
                .contains("identicom_sms_messages_total{outcome=\"accepted\",provider=\"2\"} 3.0");
    }

    @Test
    void aFirstThatNeverAnswersABindCostsNoTime() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Smsc second = fixture.smsc();
            SmsChannel channel = fixture.patient()
                    .provider(1, silent.getLocalPort())
                    .provider(2, second.port())
                    .start();
            awaitBound(second);

            assertThat(sentBy("other", channel, "one")).isLessThan(AT_ONCE);
            assertThat(sentBy("other", channel, "two")).isLessThan(AT_ONCE);
        }
    }

    @Test
    void aFirstThatHangsAtItsBindCostsNoTime() throws Exception {
        Smsc first = fixture.smsc();
        first.faults().hangOnBind(true);
        Smsc second = fixture.smsc();
        SmsChannel channel = channel(first, second);
        awaitBound(second);

        assertThat(sentBy("other", channel, "one")).isLessThan(AT_ONCE);
        assertThat(texts(first)).isEmpty();
    }

    @Test
    void aFirstThatResetsEveryConnectionCostsNoTime() throws Exception {
        try (ServerSocket rude = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread resetting = Thread.ofPlatform().daemon(true).start(() -> resetAll(rude));
            Smsc second = fixture.smsc();
            SmsChannel channel = fixture.patient()
                    .provider(1, rude.getLocalPort())
                    .provider(2, second.port())
                    .start();
            awaitBound(second);

            assertThat(sentBy("other", channel, "one")).isLessThan(AT_ONCE);
            assertThat(resetting.isAlive()).isTrue();
        }
    }

    private static void resetAll(ServerSocket listener) {
        try {
            while (!listener.isClosed()) {
                var socket = listener.accept();
                socket.setSoLinger(true, 0);
                socket.close();
            }
        } catch (IOException e) {
            assertThat(listener.isClosed()).isTrue();
        }
    }

    @Test
    void aFirstThatGoesAwayWithAMessageIsNotWaitedFor() throws Exception {
        Smsc first = fixture.smsc();
        Smsc second = fixture.smsc();
        SmsChannel channel = channel(first, second);
        awaitBound(first, second);
        first.faults().hangOnSubmit(true);
        CompletableFuture<Handed> sending = sending(channel, "one");
        SOON.until(() -> first.faults().hanging() == 1);
        first.close();

        assertThat(sending.get(8, TimeUnit.SECONDS))
                .isInstanceOfSatisfying(
                        Handed.Accepted.class,
                        accepted -> assertThat(accepted.provider()).isEqualTo("other"));
    }

    /** By a thread of its own, however few the machine has. */
    private static CompletableFuture<Handed> sending(SmsChannel channel, String text) {
        return CompletableFuture.supplyAsync(() -> sent(channel, text), Thread::startVirtualThread);
    }

    private static Handed sent(SmsChannel channel, String text) {
        try {
            return send(channel, text);
        } catch (InterruptedException e) {
            throw new CompletionException(e);
        }
    }

    @Test
    void aRefusalGoesToTheOtherAtOnce() throws Exception {
        Smsc first = fixture.smsc();
        Smsc second = fixture.smsc();
        SmsChannel channel = channel(first, second);
        awaitBound(first, second);
        first.faults().refuse(SMPPConstant.STAT_ESME_RTHROTTLED);

        assertThat(sentBy("other", channel, "one")).isLessThan(AT_ONCE);
    }

    @Test
    void aNumberThatOneDoesNotTakeLeavesItInUse() throws Exception {
        Smsc first = fixture.smsc();
        Smsc second = fixture.smsc();
        SmsChannel channel = channel(first, second);
        awaitBound(first, second);
        first.faults().refuse(SMPPConstant.STAT_ESME_RINVDSTADR);
        sentBy("other", channel, "one");
        first.faults().refuse(0);

        sentBy("acme", channel, "two");
    }

    @Test
    void aFirstThatWorksAgainIsFoundOutByOneMessage() throws Exception {
        Smsc first = fixture.smsc();
        Smsc second = fixture.smsc();
        SmsChannel channel =
                fixture.provider(1, first.port()).provider(2, second.port()).startLeavingOutFor(Duration.ofSeconds(6));
        awaitBound(first, second);
        first.faults().refuse(SMPPConstant.STAT_ESME_RSYSERR);
        sentBy("other", channel, "one");
        first.faults().refuse(0);
        sentBy("other", channel, "two");

        SOON.untilAsserted(() -> assertThat(send(channel, "three"))
                .isInstanceOfSatisfying(
                        Handed.Accepted.class,
                        accepted -> assertThat(accepted.provider()).isEqualTo("acme")));
        sentBy("acme", channel, "four");
    }

    @Test
    void whenBothHangItIsLaterAfterOneWaitForEachAndBothAreStillTried() throws Exception {
        Smsc first = fixture.smsc();
        Smsc second = fixture.smsc();
        SmsChannel channel = impatient(first, second);
        awaitBound(first, second);
        first.faults().hangOnSubmit(true);
        second.faults().hangOnSubmit(true);
        long start = System.nanoTime();

        assertThat(send(channel, "one"))
                .isInstanceOfSatisfying(
                        Handed.Later.class,
                        later -> assertThat(later.why()).contains("acme: no answer within 5000 ms"));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(TIMEOUT.multipliedBy(3));
        second.faults().hangOnSubmit(false);
        sentBy("other", channel, "two");
    }

    @Test
    void aFirstThatIsSlowButWorksIsGivenTheTimeForEachPartAndNothingIsDoubled() throws Exception {
        Smsc first = fixture.smsc();
        Smsc second = fixture.smsc();
        SmsChannel channel = fixture.with("sms.timeout", "8s")
                .provider(1, first.port())
                .provider(2, second.port())
                .start();
        awaitBound(first, second);
        first.faults().answerSubmitAfter(Duration.ofMillis(1_700));
        String tenParts = "x".repeat(10 * 153);
        CompletableFuture<Handed> one = sending(channel, tenParts);
        CompletableFuture<Handed> other = sending(channel, tenParts);

        for (Handed handed : List.of(one.get(60, TimeUnit.SECONDS), other.get(60, TimeUnit.SECONDS))) {
            assertThat(handed)
                    .isInstanceOfSatisfying(
                            Handed.Accepted.class,
                            accepted -> assertThat(accepted.provider()).isEqualTo("acme"));
        }
        assertThat(texts(second)).isEmpty();
        assertThat(texts(first)).containsExactly(tenParts, tenParts);
    }

    @Test
    void whenNeitherIsThereItIsLater() throws Exception {
        Smsc first = fixture.smsc();
        Smsc second = fixture.smsc();
        first.close();
        second.close();
        SmsChannel channel = fixture.with("sms.timeout", "1s")
                .provider(1, first.port())
                .provider(2, second.port())
                .start();

        assertThat(send(channel, "one"))
                .isInstanceOfSatisfying(
                        Handed.Later.class,
                        later -> assertThat(later.why()).isEqualTo("acme is not connected; other is not connected"));
    }
}
