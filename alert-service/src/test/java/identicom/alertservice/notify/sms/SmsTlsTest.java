package identicom.alertservice.notify.sms;

import static identicom.alertservice.notify.sms.SmsChannelFixture.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import identicom.embedded.smsc.Smsc;
import identicom.testing.TestAuthority;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SMPP with TLS, against certificates that are right, of another host, and of an authority that nobody believes. */
class SmsTlsTest {
    @TempDir
    Path folder;

    private final SmsChannelFixture fixture = new SmsChannelFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void textsGoThroughWhereAuthorityAndHostAreRight() throws Exception {
        TestAuthority authority = new TestAuthority(folder);
        Smsc smsc = fixture.smsc();
        try (TlsFront front = new TlsFront(authority.signs("ip:127.0.0.1").server(), smsc.port());
                SmsChannel channel = fixture.patient()
                        .provider(1, front.port())
                        .startBy(authority.client().getSocketFactory())) {
            SmsChannelFixture.awaitBound(smsc);
            SmsChannelFixture.sentBy("acme", channel, "MAN DOWN");
            assertThat(SmsChannelFixture.texts(smsc)).containsExactly("MAN DOWN");
        }
    }

    @Test
    void theCertificateOfAnotherHostIsRefused() throws Exception {
        TestAuthority authority = new TestAuthority(folder);
        refused(authority.signs("dns:elsewhere.example"), authority, "127.0.0.1");
    }

    @Test
    void aSelfMadeAuthorityIsRefused() throws Exception {
        TestAuthority another = new TestAuthority(folder.resolve("another"));
        refused(another.signs("ip:127.0.0.1"), new TestAuthority(folder), "PKIX path");
    }

    @Test
    void aProviderThatSpeaksPlainlyIsRefused() throws Exception {
        Smsc smsc = fixture.smsc();
        try (SmsChannel channel =
                fixture.with("sms.1.tls", "true").provider(1, smsc.port()).start()) {
            SOON.untilAsserted(() -> assertThat(why()).startsWith("cannot bind: "));
            assertThat(smsc.bound()).isZero();
            assertThat(channel).isNotNull();
        }
    }

    private void refused(TestAuthority.Signed shown, TestAuthority believed, String why) throws Exception {
        Smsc smsc = fixture.smsc();
        try (TlsFront front = new TlsFront(shown.server(), smsc.port());
                SmsChannel channel = fixture.patient()
                        .provider(1, front.port())
                        .startBy(believed.client().getSocketFactory())) {
            SOON.untilAsserted(() -> assertThat(why()).contains(why));
            assertThat(smsc.bound()).isZero();
            assertThat(channel).isNotNull();
        }
    }

    private String why() {
        return fixture.health.states().get("sms 1").why();
    }
}
