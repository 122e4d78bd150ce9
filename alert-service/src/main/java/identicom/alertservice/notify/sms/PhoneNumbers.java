package identicom.alertservice.notify.sms;

import java.util.regex.Pattern;
import org.jsmpp.bean.TypeOfNumber;

/** Numbers as people write them here, {@code +447700900123}, and as SMPP carries them, digits and a type. */
final class PhoneNumbers {
    private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{6,14}");
    private static final Pattern DIGITS = Pattern.compile("[0-9]{7,17}");

    private PhoneNumbers() {}

    static boolean isInternational(String text) {
        return E164.matcher(text).matches();
    }

    /** Of a number in international form. */
    static String digits(String international) {
        return international.substring(1);
    }

    /**
     * Who sent a message. An international number gets its plus; one of unknown type is taken for international unless
     * it begins with a single 0; a national one stays as it is, so that it is nobody's who was told.
     */
    static String sender(byte type, String address) {
        String digits = address.startsWith("+") ? address.substring(1) : address;
        if (!DIGITS.matcher(digits).matches() || type == TypeOfNumber.NATIONAL.value()) {
            return address;
        }
        if (type == TypeOfNumber.INTERNATIONAL.value() || address.startsWith("+")) {
            return "+" + digits;
        }
        if (digits.startsWith("00")) {
            return "+" + digits.substring(2);
        }
        return type == TypeOfNumber.UNKNOWN.value() && !digits.startsWith("0") ? "+" + digits : address;
    }
}
