package identicom.fleetservice.units;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which values a unit's fields can have, and what they are when nobody says. One place for JSON and CSV. */
public final class UnitRules {
    private static final Pattern SERIAL = Pattern.compile("[A-Z0-9-]{1,12}");
    private static final Pattern PHONE = Pattern.compile("\\+?[0-9 ()/.-]{3,32}");
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");
    private static final int MAX_TEXT = 200;
    private static final int DEFAULT_CHECK_IN_MINUTES = 30;
    private static final int DEFAULT_GRACE_MINUTES = 5;
    private static final int DAY_MINUTES = 1440;

    private UnitRules() {}

    public static String serial(@Nullable String was) throws InvalidField {
        if (was == null || !SERIAL.matcher(was).matches()) {
            throw new InvalidField("serial", was, "1 to 12 characters A-Z 0-9 -");
        }
        return was;
    }

    /** A wearer or a site: printable, at most 200 characters. */
    public static String text(String field, @Nullable String was) throws InvalidField {
        if (was == null) {
            return "";
        }
        String text = was.strip();
        if (text.length() > MAX_TEXT || UNPRINTABLE.matcher(text).find()) {
            throw new InvalidField(field, was, "at most " + MAX_TEXT + " printable characters");
        }
        return text;
    }

    public static String phone(@Nullable String was) throws InvalidField {
        String phone = was == null ? "" : was.strip();
        if (!phone.isEmpty() && !PHONE.matcher(phone).matches()) {
            throw new InvalidField("phone", was, "3 to 32 digits, spaces or ( ) / . -, after a + or not");
        }
        return phone;
    }

    public static int checkInMinutes(@Nullable Integer was) throws InvalidField {
        return minutes("checkInMinutes", was, DEFAULT_CHECK_IN_MINUTES, 1);
    }

    public static int graceMinutes(@Nullable Integer was) throws InvalidField {
        return minutes("graceMinutes", was, DEFAULT_GRACE_MINUTES, 0);
    }

    public static UnitState state(@Nullable String was) throws InvalidField {
        if (was == null) {
            return UnitState.COMMISSIONED;
        }
        for (UnitState state : UnitState.values()) {
            if (state.text().equals(was)) {
                return state;
            }
        }
        throw new InvalidField("state", was, "commissioned, decommissioned");
    }

    private static int minutes(String field, @Nullable Integer was, int dflt, int min) throws InvalidField {
        if (was == null) {
            return dflt;
        }
        if (was < min || was > DAY_MINUTES) {
            throw new InvalidField(field, was.toString(), min + ".." + DAY_MINUTES + " minutes");
        }
        return was;
    }
}
