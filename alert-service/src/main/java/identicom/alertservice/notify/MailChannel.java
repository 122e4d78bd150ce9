package identicom.alertservice.notify;

import identicom.runtime.config.Configuration;
import identicom.runtime.config.Key;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Mail by SMTP, one connection a message. A retry has the same Message-ID. */
public final class MailChannel implements Channel {

    /** How the connection is protected. */
    public enum Tls {
        NONE,
        STARTTLS,
        TLS
    }

    static final Key<String> HOST = Key.optionalText("mail.host", "SMTP server; without it there is no mail");
    static final Key<Integer> PORT = Key.integer("mail.port", 587, 1, 65535, "port of the SMTP server");
    static final Key<String> USER = Key.optionalText("mail.user", "user at the SMTP server; empty: no login");
    static final Key<String> PASSWORD = Key.secret("mail.password", "password at the SMTP server");
    static final Key<String> FROM =
            new Key<>("mail.from", "identicom@localhost", "sender of mails", false, MailChannel::parseFrom);
    static final Key<Tls> TLS = Key.choice(
            "mail.tls", Tls.class, Tls.STARTTLS, "none; starttls (refused without it); tls from the first byte");

    public static final List<Key<?>> KEYS = List.of(HOST, PORT, USER, PASSWORD, FROM, TLS);

    private static final Logger LOG = LoggerFactory.getLogger(MailChannel.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int PERMANENT = 500;

    private final String host;
    private final int port;
    private final String user;
    private final String password;
    private final String from;
    private final Session session;

    public MailChannel(Configuration configuration) {
        this(
                configuration.get(HOST),
                configuration.get(PORT),
                configuration.get(USER),
                configuration.get(PASSWORD),
                configuration.get(FROM),
                configuration.get(TLS),
                new Properties());
    }

    /** @param more properties of the session, such as whom to trust */
    MailChannel(String host, int port, String user, String password, String from, Tls tls, Properties more) {
        this.host = host;
        this.port = port;
        this.user = user;
        this.password = password;
        this.from = from;
        Properties properties = new Properties();
        String protocol = tls == Tls.TLS ? "smtps" : "smtp";
        properties.setProperty("mail.transport.protocol.rfc822", protocol);
        String timeout = Long.toString(TIMEOUT.toMillis());
        for (String its : List.of("smtp", "smtps")) {
            properties.setProperty("mail." + its + ".connectiontimeout", timeout);
            properties.setProperty("mail." + its + ".timeout", timeout);
            properties.setProperty("mail." + its + ".writetimeout", timeout);
            properties.setProperty("mail." + its + ".ssl.checkserveridentity", "true");
            properties.setProperty("mail." + its + ".auth", Boolean.toString(!user.isEmpty()));
            properties.setProperty("mail." + its + ".quitwait", "false");
        }
        properties.setProperty("mail.smtp.starttls.enable", Boolean.toString(tls == Tls.STARTTLS));
        properties.setProperty("mail.smtp.starttls.required", Boolean.toString(tls == Tls.STARTTLS));
        properties.putAll(more);
        this.session = Session.getInstance(properties);
    }

    private static String parseFrom(String text) {
        try {
            new InternetAddress(text, true).validate();
            return text;
        } catch (AddressException e) {
            throw new IllegalArgumentException("a mail address such as alarms@example.org", e);
        }
    }

    @Override
    public String name() {
        return "mail";
    }

    @Override
    public boolean available() {
        return !host.isEmpty();
    }

    @Override
    public Handed send(Message message) {
        try {
            InternetAddress to = new InternetAddress(message.address(), true);
            to.validate();
            MimeMessage mail = mail(message, to);
            handOver(mail, to);
            return new Handed.Accepted(host, null);
        } catch (AddressException e) {
            return new Handed.Never("not a mail address");
        } catch (MessagingException e) {
            return failed(e);
        }
    }

    private void handOver(MimeMessage mail, InternetAddress to) throws MessagingException {
        Transport transport = session.getTransport(to);
        try {
            transport.connect(host, port, user.isEmpty() ? null : user, user.isEmpty() ? null : password);
            transport.sendMessage(mail, new Address[] {to});
        } finally {
            end(transport);
        }
    }

    /** What the server has taken it has taken, however it says goodbye. */
    private void end(Transport transport) {
        try {
            transport.close();
        } catch (MessagingException e) {
            LOG.debug("a connection with {} did not close in order", host, e);
        }
    }

    private MimeMessage mail(Message message, InternetAddress to) throws MessagingException {
        String domain = from.substring(from.indexOf('@') + 1).replaceAll("[^A-Za-z0-9.-]", "");
        MimeMessage mail = new MimeMessage(session) {
            @Override
            protected void updateMessageID() throws MessagingException {
                setHeader("Message-ID", "<" + message.id() + "@" + domain + ">");
            }
        };
        mail.setFrom(new InternetAddress(from, true));
        mail.setRecipient(jakarta.mail.Message.RecipientType.TO, to);
        mail.setSubject(MessageText.oneLine(message.subject()), StandardCharsets.UTF_8.name());
        mail.setText(message.text(), StandardCharsets.UTF_8.name());
        mail.setHeader("Auto-Submitted", "auto-generated");
        mail.setHeader("X-Priority", "1");
        mail.setSentDate(new Date());
        mail.saveChanges();
        return mail;
    }

    /** The server said so for good, or it is worth another try. */
    private static Handed failed(MessagingException e) {
        for (Exception cause = e; cause instanceof MessagingException one; cause = one.getNextException()) {
            int code = switch (one) {
                case SMTPAddressFailedException address -> address.getReturnCode();
                case SMTPSenderFailedException sender -> sender.getReturnCode();
                case SMTPSendFailedException send -> send.getReturnCode();
                default -> 0;
            };
            if (code >= PERMANENT) {
                return new Handed.Never(why(one));
            }
        }
        return new Handed.Later(why(e));
    }

    private static String why(MessagingException e) {
        return MessageText.oneLine(e.getClass().getSimpleName() + ": " + e.getMessage());
    }

    @Override
    public void close() {
        // Nothing is kept open between two messages.
    }
}
