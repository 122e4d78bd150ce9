package identicom.alertservice.escalation;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;

/** What an address of each channel looks like. */
final class Addresses {

    static final Set<String> CHANNELS = Set.of("sms", "mail", "webhook");
    private static final int LONGEST = 2_000;

    private Addresses() {}

    /** As it is kept: a number without its spaces. */
    static String usual(String channel, String address) {
        String usual = address.strip();
        return channel.equals("sms") ? usual.replaceAll("[ ().-]", "") : usual;
    }

    static boolean valid(String channel, String address) {
        if (address.length() > LONGEST || address.codePoints().anyMatch(Addresses::odd)) {
            return false;
        }
        return switch (channel) {
            case "sms" -> address.matches("\\+[1-9]\\d{6,14}");
            case "mail" ->
                address.matches("[^@\\s<>,;:\"()\\[\\]\\\\]{1,64}@[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?");
            case "webhook" -> url(address);
            default -> false;
        };
    }

    private static boolean odd(int character) {
        return Character.isISOControl(character) || Character.isWhitespace(character);
    }

    private static boolean url(String address) {
        try {
            URI uri = new URI(address);
            boolean scheme = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            return scheme && uri.getHost() != null && uri.getUserInfo() == null && uri.getFragment() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    static String expected(String channel) {
        return switch (channel) {
            case "sms" -> "a number in international form such as +447700900123";
            case "mail" -> "a mail address such as duty@example.org";
            default -> "a URL such as https://hooks.example.org/alarm, without user and fragment";
        };
    }
}
