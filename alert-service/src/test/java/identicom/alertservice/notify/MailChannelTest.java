package identicom.alertservice.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.junit5.GreenMailExtension;
import com.icegreen.greenmail.util.DummySSLSocketFactory;
import com.icegreen.greenmail.util.ServerSetup;
import com.icegreen.greenmail.util.ServerSetupTest;
import identicom.alertservice.notify.Handed.Accepted;
import identicom.alertservice.notify.Handed.Later;
import identicom.alertservice.notify.Handed.Never;
import identicom.alertservice.notify.MailChannel.Tls;
import jakarta.mail.internet.MimeMessage;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Properties;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MailChannelTest {

    private static final UUID ID = UUID.fromString("0190a1b2-0000-7000-8000-000000000009");

    @RegisterExtension
    static final GreenMailExtension MAIL = new GreenMailExtension(
            new ServerSetup[] {patient(ServerSetupTest.SMTP.dynamicPort()), patient(ServerSetupTest.SMTPS.dynamicPort())
            });

    private static ServerSetup patient(ServerSetup setup) {
        setup.setServerStartupTimeout(30_000);
        return setup;
    }

    private static Properties trusting(String protocol) {
        Properties trusting = new Properties();
        trusting.put("mail." + protocol + ".ssl.socketFactory", new DummySSLSocketFactory());
        return trusting;
    }

    private static MailChannel plain(int port) {
        return new MailChannel("127.0.0.1", port, "", "", "alarms@example.org", Tls.NONE, new Properties());
    }

    private static MailChannel secured(String host, Tls tls, int port, Properties more) {
        return new MailChannel(host, port, "", "", "alarms@example.org", tls, more);
    }

    private static Message to(String address) {
        return new Message(ID, UUID.randomUUID(), address, "MAN DOWN A4711: Zoë", "MAN DOWN\nLeeds — Zoë", "{}");
    }

    @Test
    void mailIsPlainTextInUtf8AndKeepsItsIdOnARetry() throws Exception {
        try (MailChannel channel = plain(MAIL.getSmtp().getPort())) {
            assertThat(channel.send(to("duty@example.org"))).isEqualTo(new Accepted("127.0.0.1", null));
            assertThat(channel.send(to("duty@example.org"))).isInstanceOf(Accepted.class);
        }

        MimeMessage[] mails = MAIL.getReceivedMessages();
        assertThat(mails).hasSize(2);
        assertThat(mails[0].getSubject()).isEqualTo("MAN DOWN A4711: Zoë");
        assertThat(mails[0].getContent().toString().replace("\r", "").strip()).isEqualTo("MAN DOWN\nLeeds — Zoë");
        assertThat(mails[0].getContentType()).isEqualToIgnoringCase("text/plain; charset=UTF-8");
        assertThat(mails[0].getFrom()[0]).hasToString("alarms@example.org");
        assertThat(mails[0].getMessageID())
                .isEqualTo("<" + ID + "@example.org>")
                .isEqualTo(mails[1].getMessageID());
    }

    @Test
    void nothingInASubjectBecomesAHeader() throws Exception {
        Message hostile = new Message(
                ID, UUID.randomUUID(), "duty@example.org", "A\r\nBcc: eve@example.org\r\n\r\nbody", "text", "{}");
        try (MailChannel channel = plain(MAIL.getSmtp().getPort())) {
            assertThat(channel.send(hostile)).isInstanceOf(Accepted.class);
        }

        MimeMessage mail = MAIL.getReceivedMessages()[0];
        assertThat(MAIL.getReceivedMessages()).hasSize(1);
        assertThat(mail.getHeader("Bcc")).isNull();
        assertThat(mail.getSubject()).isEqualTo("A Bcc: eve@example.org body");
    }

    @Test
    void addressThatIsNoneIsRefusedForGood() {
        try (MailChannel channel = plain(MAIL.getSmtp().getPort())) {
            assertThat(channel.send(to("duty@example.org\r\nRCPT TO:<eve@example.org>")))
                    .isInstanceOf(Never.class);
            assertThat(channel.send(to("nobody"))).isInstanceOf(Never.class);
        }
        assertThat(MAIL.getReceivedMessages()).isEmpty();
    }

    @Test
    void serverThatIsNotThereIsWorthAnotherTry() throws Exception {
        try (Socket taken = new Socket()) {
            taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)); // by nobody who listens
            try (MailChannel channel = plain(taken.getLocalPort())) {
                assertThat(channel.send(to("duty@example.org"))).isInstanceOf(Later.class);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(RudeMailServer.Goodbye.class)
    @Timeout(60)
    void mailThatTheServerHasTakenIsSentHoweverItSaysGoodbye(RudeMailServer.Goodbye goodbye) throws Exception {
        Properties patient = new Properties();
        patient.setProperty("mail.smtp.timeout", "120000"); // who waited for a goodbye would wait so long
        try (RudeMailServer server = new RudeMailServer(goodbye);
                MailChannel channel = secured("127.0.0.1", Tls.NONE, server.port(), patient)) {
            assertThat(channel.send(to("duty@example.org"))).isInstanceOf(Accepted.class);
        }
    }

    @Test
    void starttlsIsUsedWhereTheServerIsTrusted() throws Exception {
        try (StarttlsFront front = new StarttlsFront(MAIL.getSmtp().getPort());
                MailChannel channel = secured("localhost", Tls.STARTTLS, front.port(), anyName("smtp"))) {
            assertThat(channel.send(to("duty@example.org"))).isInstanceOf(Accepted.class);
        }
        assertThat(MAIL.getReceivedMessages()).hasSize(1);
    }

    @Test
    void tlsFromTheFirstByteIsUsedWhereTheServerIsTrusted() {
        int port = MAIL.getSmtps().getPort();
        try (MailChannel channel = secured("localhost", Tls.TLS, port, anyName("smtps"))) {
            assertThat(channel.send(to("duty@example.org"))).isInstanceOf(Accepted.class);
        }
        assertThat(MAIL.getReceivedMessages()).hasSize(1);
    }

    /** Trusts the test's certificate, which names no host. */
    private static Properties anyName(String protocol) {
        Properties trusting = trusting(protocol);
        trusting.put("mail." + protocol + ".ssl.checkserveridentity", "false");
        return trusting;
    }

    @Test
    void serverThatOffersNoStarttlsGetsNoMail() {
        try (MailChannel channel =
                secured("localhost", Tls.STARTTLS, MAIL.getSmtp().getPort(), new Properties())) {
            assertThat(channel.send(to("duty@example.org")))
                    .isInstanceOfSatisfying(
                            Later.class, later -> assertThat(later.why()).contains("STARTTLS is required"));
        }
        assertThat(MAIL.getReceivedMessages()).isEmpty();
    }

    @Test
    void serverWithACertificateOfItsOwnMakingGetsNoMail() throws Exception {
        try (StarttlsFront front = new StarttlsFront(MAIL.getSmtp().getPort());
                MailChannel starttls = secured("localhost", Tls.STARTTLS, front.port(), new Properties());
                MailChannel tls = secured("localhost", Tls.TLS, MAIL.getSmtps().getPort(), new Properties())) {
            assertThat(starttls.send(to("duty@example.org"))).isInstanceOf(Later.class);
            assertThat(tls.send(to("duty@example.org"))).isInstanceOf(Later.class);
        }
        assertThat(MAIL.getReceivedMessages()).isEmpty();
    }

    @Test
    void trustedCertificateOfAnotherHostGetsNoMail() throws Exception {
        try (StarttlsFront front = new StarttlsFront(MAIL.getSmtp().getPort());
                MailChannel starttls = secured("127.0.0.1", Tls.STARTTLS, front.port(), trusting("smtp"));
                MailChannel tls = secured("127.0.0.1", Tls.TLS, MAIL.getSmtps().getPort(), trusting("smtps"))) {
            assertThat(starttls.send(to("duty@example.org"))).isInstanceOf(Later.class);
            assertThat(tls.send(to("duty@example.org"))).isInstanceOf(Later.class);
        }
        assertThat(MAIL.getReceivedMessages()).isEmpty();
    }
}
