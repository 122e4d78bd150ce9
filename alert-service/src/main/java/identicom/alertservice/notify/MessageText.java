package identicom.alertservice.notify;

import identicom.alertservice.alert.Kinds;
import identicom.alertservice.view.AlertView;
import identicom.alertservice.view.AlertView.HistoryEntry;
import identicom.alertservice.view.AlertView.PositionView;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What people are told: who, what, where, when, how late, the reference, and how to take it. Short enough for two parts
 * of an SMS. What came from a unit, and what people typed, is one line without control characters, and cut.
 */
public final class MessageText {

    /** How much leaves the system. */
    public enum Detail {
        FULL,
        /** Neither the wearer's name and phone nor a position, nor what people wrote. */
        MINIMAL
    }

    private static final int LONGEST_NAME = 40;
    private static final int LONGEST_DETAIL = 100;
    private static final String CUT = "...";
    private static final Set<String> SAYS_WHY = Set.of("raised", "joined");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss'Z' d MMM", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private final Detail detail;
    private final String publicUrl;
    private final Function<String, @Nullable String> phoneOf;

    /**
     * @param publicUrl of the page, without a slash at its end; empty: texts carry no link
     * @param phoneOf the phone of a unit's wearer, null where none is known
     */
    public MessageText(Detail detail, String publicUrl, Function<String, @Nullable String> phoneOf) {
        this.detail = detail;
        this.publicUrl = publicUrl.replaceAll("/+$", "");
        this.phoneOf = phoneOf;
    }

    public Message message(String channel, UUID id, String address, AlertView alert, Instant now) {
        return new Message(
                id, alert.id(), address, subject(alert), text(channel, alert, now), AlertBody.of(alert, detail));
    }

    String subject(AlertView alert) {
        return what(alert) + " " + reference(alert) + ": " + who(alert);
    }

    String text(String channel, AlertView alert, Instant now) {
        List<String> lines = new ArrayList<>();
        lines.add(subject(alert));
        if (alert.kind().equals(Kinds.TECHNICAL)) {
            why(alert).ifPresent(lines::add);
        }
        lines.add(when(alert, now));
        PositionView position = alert.position();
        if (detail == Detail.FULL && position != null) {
            lines.add(String.format(
                    Locale.ROOT, "https://www.openstreetmap.org/?mlat=%.5f&mlon=%.5f", position.lat(), position.lon()));
        }
        String phone = detail == Detail.FULL && alert.serial() != null ? phoneOf.apply(alert.serial()) : null;
        if (phone != null && !phone.isBlank()) {
            lines.add("Call " + line(phone));
        }
        lines.add(howToTake(channel, alert));
        return String.join("\n", lines);
    }

    private static String what(AlertView alert) {
        return line(alert.kind()).replace('-', ' ').toUpperCase(Locale.ROOT);
    }

    private static String reference(AlertView alert) {
        return line(alert.reference() == null ? "" : alert.reference());
    }

    /** What is amiss with the system itself, as it was last said. */
    private static Optional<String> why(AlertView alert) {
        return alert.history().reversed().stream()
                .filter(entry -> SAYS_WHY.contains(entry.what()))
                .map(HistoryEntry::detail)
                .filter(detail -> detail != null && !detail.isBlank())
                .findFirst()
                .map(detail -> line(detail, LONGEST_DETAIL));
    }

    private String who(AlertView alert) {
        String units = alert.flood() == null
                ? ""
                : (alert.flood().serials().size() + alert.flood().more()) + " units";
        if (alert.subject() != null && !alert.subject().isBlank()) {
            return line(alert.subject()) + (units.isEmpty() ? "" : ", " + units);
        }
        if (!units.isEmpty()) {
            return units;
        }
        String unit = alert.serial() == null ? "the system" : line(alert.serial());
        return detail == Detail.MINIMAL
                        || alert.wearer() == null
                        || alert.wearer().isBlank()
                ? unit
                : line(alert.wearer()) + " (" + unit + ")";
    }

    private static String when(AlertView alert, Instant now) {
        Instant accepted = alert.journey().acceptedAt();
        Instant time = alert.eventTime() == null ? accepted : alert.eventTime();
        StringBuilder when = new StringBuilder(TIME.format(time));
        if (alert.late() && alert.eventTime() != null) {
            when.append(", came ")
                    .append(span(Duration.between(time, accepted)))
                    .append(" late");
        }
        Duration waiting = Duration.between(alert.raisedAt(), now);
        if (waiting.toMinutes() >= 1) {
            when.append(", nobody took it for ").append(span(waiting));
        }
        return when.toString();
    }

    private static String span(Duration span) {
        long minutes = Math.max(0, span.toMinutes());
        return minutes < 120 ? minutes + " min" : minutes < 2880 ? minutes / 60 + " h" : minutes / 1440 + " days";
    }

    private String howToTake(String channel, AlertView alert) {
        String reply = channel.equals("sms") && alert.reference() != null
                ? "reply TAKE " + reference(alert).substring(1)
                : "";
        String link = publicUrl.isEmpty() ? "" : publicUrl + "/#/alerts/" + alert.id();
        if (link.isEmpty()) {
            return "Take it: " + (reply.isEmpty() ? "in the control room" : reply);
        }
        return "Take it: " + (reply.isEmpty() ? "" : reply + " or ") + link;
    }

    /** One line, whatever it was, and no longer than a name may be. */
    static String line(String text) {
        return line(text, LONGEST_NAME);
    }

    /** One line of at most so many characters. The dots where it was cut are in the alphabet of an SMS. */
    static String line(String text, int longest) {
        String one = oneLine(text);
        return one.codePointCount(0, one.length()) <= longest
                ? one
                : one.substring(0, one.offsetByCodePoints(0, longest - CUT.length())) + CUT;
    }

    /** Nothing in it ends a line or a header, or turns the direction of what follows. */
    static String oneLine(String text) {
        return text.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Co}\\p{Cs}\\x80-\\x9f]+", " ")
                .strip();
    }
}
