package identicom.alertservice.notify.sms;

import java.util.regex.Pattern;
import javax.net.ssl.SSLSocketFactory;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.TypeOfNumber;
import org.jspecify.annotations.Nullable;

/**
 * One carrier or aggregator.
 *
 * @param number 1 or 2: where it stands in the configuration, and what meters call it
 * @param name what people and receipts know it by
 * @param source what a phone shows as the sender: an international number, a short code, or at most 11 letters and digits
 * @param tls for its connections; null: plain
 */
record SmsProvider(
        int number,
        String name,
        String host,
        int port,
        String systemId,
        String password,
        String source,
        @Nullable SSLSocketFactory tls) {
    private static final Pattern INTERNATIONAL = Pattern.compile("\\+?[0-9]{7,15}");
    private static final Pattern SHORT_CODE = Pattern.compile("[0-9]{3,6}");
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9 .&_-]{1,11}");

    /** @throws IllegalArgumentException it is none of the three */
    static String checkedSource(String text) {
        boolean known = text.isEmpty()
                || INTERNATIONAL.matcher(text).matches()
                || WORD.matcher(text).matches();
        if (!known) {
            throw new IllegalArgumentException(
                    "an international number such as +447700900123, a short code, or at most 11 letters and digits");
        }
        return text;
    }

    TypeOfNumber sourceType() {
        if (source.isEmpty()) {
            return TypeOfNumber.UNKNOWN;
        }
        if (SHORT_CODE.matcher(source).matches()) {
            return TypeOfNumber.NETWORK_SPECIFIC;
        }
        return INTERNATIONAL.matcher(source).matches() ? TypeOfNumber.INTERNATIONAL : TypeOfNumber.ALPHANUMERIC;
    }

    NumberingPlanIndicator sourcePlan() {
        return sourceType() == TypeOfNumber.INTERNATIONAL
                ? NumberingPlanIndicator.ISDN
                : NumberingPlanIndicator.UNKNOWN;
    }

    String sourceAddress() {
        return sourceType() == TypeOfNumber.INTERNATIONAL && source.startsWith("+") ? source.substring(1) : source;
    }

    /** Without the password. */
    @Override
    public String toString() {
        return name + " at " + host + ":" + port;
    }
}
