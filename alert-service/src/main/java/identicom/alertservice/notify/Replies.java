package identicom.alertservice.notify;

import identicom.alertservice.alert.Alert;
import identicom.alertservice.alert.Answer;
import identicom.alertservice.alert.Standing.Holder;
import identicom.alertservice.notify.NotificationTable.Sent;
import identicom.alertservice.store.Actions;
import identicom.alertservice.store.Actions.Acted;
import identicom.alertservice.store.Actions.Person;
import identicom.alertservice.store.DatabaseClock;
import identicom.alertservice.store.Reference;
import identicom.alertservice.store.Transactions;
import identicom.alertservice.timer.Repeating;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What comes back from phone networks. Receipts are stored first and then applied, for one may come before its message is
 * known as sent; whoever looks next applies it.
 */
final class Replies implements PhoneReplies, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Replies.class);
    private static final Pattern TAKE =
            Pattern.compile("\\s*take\\s+a?(\\d{1,15})\\b.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final int AT_ONCE = 200;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    @FunctionalInterface
    private interface Writing {
        void run() throws SQLException;
    }

    private final Transactions transactions;
    private final DatabaseClock clock;
    private final Actions actions;
    private final Outcomes outcomes;
    private final NotifyMeters meters;
    private final Runnable committed;
    private final Repeating work = new Repeating("notify-replies", Duration.ofSeconds(1), this::applyReceipts);

    Replies(
            Transactions transactions,
            DatabaseClock clock,
            Actions actions,
            Outcomes outcomes,
            NotifyMeters meters,
            Runnable committed) {
        this.transactions = transactions;
        this.clock = clock;
        this.actions = actions;
        this.outcomes = outcomes;
        this.meters = meters;
        this.committed = committed;
    }

    void start() {
        work.start();
    }

    /** Something was sent: its receipt may be here already. */
    void wake() {
        work.wake();
    }

    @Override
    public void receipt(String provider, String messageId, boolean delivered, String detail) {
        writeDown(() -> store(provider, messageId, delivered, MessageText.oneLine(detail)));
        work.wake();
    }

    @Override
    public void received(String from, String text) {
        writeDown(() -> read(from, text));
    }

    private void writeDown(Writing writing) {
        try {
            writing.run();
        } catch (SQLException e) {
            if (!unstorable(e)) {
                throw new IllegalStateException("a phone network's reply is not written down: " + e.getMessage(), e);
            }
            meters.reply("dropped");
            LOG.warn("a phone network's reply cannot be stored and is passed over: {}", e.getMessage());
        }
    }

    /** The database does not take these characters, now or later. */
    private static boolean unstorable(SQLException e) {
        return e.getSQLState() != null && e.getSQLState().startsWith("22");
    }

    private void store(String provider, String messageId, boolean delivered, String detail) throws SQLException {
        transactions.run(tx -> ReceiptTable.put(tx, provider, messageId, delivered, detail, clock.now(tx)));
        meters.reply("receipt");
    }

    private void applyReceipts() throws SQLException {
        for (ReceiptTable.Due due : transactions.run(tx -> ReceiptTable.due(tx, AT_ONCE))) {
            Optional<Sent> sent = transactions.run(tx -> NotificationTable.find(tx, due.notification()));
            if (sent.isPresent()) {
                outcomes.receipt(sent.get(), due.delivered(), due.detail());
            }
            transactions.run(tx -> ReceiptTable.remove(tx, due));
            committed.run();
        }
        transactions.run(ReceiptTable::purge);
    }

    /** Only who was told about an alert may take it by a text, and only they are answered. */
    private void read(String from, String text) throws SQLException {
        Matcher take = TAKE.matcher(text);
        String number = number(from);
        if (!take.matches() || number.isEmpty()) {
            meters.reply("ignored");
            return;
        }
        long reference = Long.parseLong(take.group(1));
        Optional<UUID> alert = transactions.run(tx -> ReceiptTable.toldBySms(tx, reference, number));
        if (alert.isEmpty()) {
            LOG.debug("a text took an alert from a number that was not told about it");
            meters.reply("ignored");
            return;
        }
        Optional<Acted> acted = actions.acknowledge(alert.get(), new Person("sms:" + number, "", "sms"));
        boolean taken = acted.isPresent() && !(acted.get().answer() instanceof Answer.Refused);
        meters.reply(taken ? "taken" : "refused");
        if (acted.isPresent()) {
            answer(number, reference, acted.get().answer());
        }
        committed.run();
    }

    /** A text that comes again, and finds all as the one before left it, gets no second answer. */
    private void answer(String number, long reference, Answer answer) throws SQLException {
        UUID alert = answer.alert().id();
        transactions.run(tx -> {
            NotificationTable.lockAlert(tx, alert);
            Instant now = clock.now(tx);
            String text = Reference.text(reference) + " " + said(answer);
            if (answer instanceof Answer.Done) {
                PhoneTexts.say(tx, alert, number, text, now);
            } else {
                PhoneTexts.sayOnce(tx, alert, number, text, Instant.EPOCH, now);
            }
            return true;
        });
    }

    private static String said(Answer answer) {
        Alert alert = answer.alert();
        Holder holder = alert.standing().holder();
        if (!(answer instanceof Answer.Refused)) {
            return "is yours";
        }
        return alert.closed() || holder == null
                ? "is closed"
                : "was taken by " + MessageText.line(holder.user().replaceFirst("^sms:", "")) + " at "
                        + TIME.format(holder.since());
    }

    /** In international form; empty when it cannot be a number. */
    static String number(String from) {
        String digits = from.strip().replaceAll("[\\s().-]", "").replaceFirst("^00", "+");
        String number = digits.startsWith("+") ? digits : "+" + digits;
        return number.matches("\\+\\d{5,15}") ? number : "";
    }

    @Override
    public void close() {
        work.close();
    }
}
