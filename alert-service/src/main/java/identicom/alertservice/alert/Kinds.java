package identicom.alertservice.alert;

import identicom.alertservice.event.CriticalEvent;
import identicom.alertservice.event.Trust;
import java.util.List;
import java.util.Locale;

/**
 * What an alert is about, as a word such as {@code man-down}, and which of two is graver.
 *
 * <p>An installation may put any event code into class critical; its kind is then the event's name. Such a kind stands
 * between what only a living wearer can cause and what says that something is amiss with the system.
 */
public final class Kinds {

    public static final String MAN_DOWN = "man-down";
    public static final String RED_ALERT = "red-alert";
    public static final String LANYARD_PIN_REMOVED = "lanyard-pin-removed";
    public static final String AMBER_ALERT_EXPIRED = "amber-alert-expired";
    public static final String MISSED_CHECK_IN = "missed-check-in";
    public static final String MASS_LOSS = "mass-loss";
    public static final String UNREGISTERED_UNIT = "unregistered-unit";
    public static final String UNVERIFIED_UNIT = "unverified-unit";
    public static final String TECHNICAL = "technical";

    private static final String ANY_OTHER_EVENT = "*";
    private static final List<String> GRAVEST_FIRST = List.of(
            MAN_DOWN,
            RED_ALERT,
            LANYARD_PIN_REMOVED,
            AMBER_ALERT_EXPIRED,
            ANY_OTHER_EVENT,
            MISSED_CHECK_IN,
            MASS_LOSS,
            UNVERIFIED_UNIT,
            UNREGISTERED_UNIT,
            TECHNICAL);

    private static final List<String> GRAVEST_CLASS_FIRST = List.of(Alert.CRITICAL, "high", "routine");

    private Kinds() {}

    /** Of two classes the graver one. */
    static String gravestClass(String one, String other) {
        return GRAVEST_CLASS_FIRST.indexOf(one) <= GRAVEST_CLASS_FIRST.indexOf(other) ? one : other;
    }

    /** The kind that an event gives its alert: an unregistered unit's event speaks of the unit before it speaks of itself. */
    public static String of(CriticalEvent event) {
        return event.trust() == Trust.UNREGISTERED ? UNREGISTERED_UNIT : ofType(event);
    }

    /** The kind of the event itself, whoever sent it. */
    public static String ofType(CriticalEvent event) {
        return switch (event.typeCode()) {
            case 0x3b -> MAN_DOWN;
            case 0x3a -> RED_ALERT;
            case 0x48 -> LANYARD_PIN_REMOVED;
            case 0x26 -> AMBER_ALERT_EXPIRED;
            default -> named(event);
        };
    }

    private static String named(CriticalEvent event) {
        String word = event.typeName()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
        return word.isEmpty() || word.equals("unknown") ? "event-%02x".formatted(event.typeCode()) : word;
    }

    public static boolean graver(String one, String other) {
        return gravity(one) < gravity(other);
    }

    private static int gravity(String kind) {
        int place = GRAVEST_FIRST.indexOf(kind);
        return place >= 0 ? place : GRAVEST_FIRST.indexOf(ANY_OTHER_EVENT);
    }
}
