package identicom.runtime.config;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * A network such as {@code 10.1.0.0/16}; a single address is one of itself.
 *
 * @param prefix 0..32, or 0..128 of an IPv6 network
 */
public record Network(InetAddress base, int prefix) {
    /** @throws IllegalArgumentException where {@code text} is none; its message is what was expected */
    public static Network parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        if (!address.matches("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
            throw wrong();
        }
        try {
            InetAddress base = InetAddress.getByName(address);
            int most = base.getAddress().length * 8;
            int prefix = slash < 0 ? most : Integer.parseInt(text.substring(slash + 1));
            if (prefix < 0 || prefix > most) {
                throw wrong();
            }
            return new Network(base, prefix);
        } catch (UnknownHostException | NumberFormatException e) {
            throw wrong();
        }
    }

    private static IllegalArgumentException wrong() {
        return new IllegalArgumentException("networks such as 10.1.0.0/16 or fd00::/8");
    }

    public boolean contains(InetAddress address) {
        byte[] mine = base.getAddress();
        byte[] other = address.getAddress();
        if (mine.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit++) {
            int mask = 0x80 >> (bit & 7);
            if ((mine[bit >> 3] & mask) != (other[bit >> 3] & mask)) {
                return false;
            }
        }
        return true;
    }
}
