package identicom.alertservice.notify;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which addresses a webhook may reach: public ones, and what is allowed by name or network. So nobody who may write a
 * policy can make this service talk to what stands behind its firewall.
 */
final class Destinations {

    /** No address of the host may be reached. */
    static final class ForbiddenException extends UnknownHostException {
        private static final long serialVersionUID = 1;

        ForbiddenException(String host) {
            super(host + " is no public address, and webhook.allow does not name it");
        }
    }

    /** Not reachable from everywhere, or not a single machine (IANA's special-purpose registries). */
    private static final List<Network> SPECIAL = networks(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/3",
            "::/8",
            "64:ff9b::/96",
            "64:ff9b:1::/48",
            "100::/64",
            "2001::/23",
            "2001:db8::/32",
            "2002::/16",
            "3fff::/20",
            "fc00::/7",
            "fe80::/9",
            "ff00::/8");

    private final Set<String> hosts = new TreeSet<>();
    private final List<Network> networks = new ArrayList<>();

    /** @param allowed host names, addresses and networks such as {@code 10.1.0.0/16} */
    Destinations(List<String> allowed) {
        for (String one : allowed) {
            if (Network.looksLikeOne(one)) {
                networks.add(Network.parse(one));
            } else {
                hosts.add(one.toLowerCase(Locale.ROOT));
            }
        }
    }

    private static List<Network> networks(String... texts) {
        return List.of(texts).stream().map(Network::parse).toList();
    }

    /** The addresses of the host that may be reached, looked up once: whoever connects takes these and asks no more. */
    InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] all = InetAddress.getAllByName(host);
        if (hosts.contains(host.toLowerCase(Locale.ROOT))) {
            return all;
        }
        List<InetAddress> may = new ArrayList<>();
        for (InetAddress address : all) {
            if (mayReach(address)) {
                may.add(address);
            }
        }
        if (may.isEmpty()) {
            throw new ForbiddenException(host);
        }
        return may.toArray(new InetAddress[0]);
    }

    boolean mayReach(InetAddress address) {
        return networks.stream().anyMatch(network -> network.holds(address))
                || SPECIAL.stream().noneMatch(network -> network.holds(address));
    }

    /** Addresses that begin with the same bits. */
    record Network(InetAddress base, int bits) {

        static boolean looksLikeOne(String text) {
            return text.matches("[0-9.]+(/\\d{1,3})?|\\[?[0-9a-fA-F:.]*:[0-9a-fA-F:.]*\\]?(/\\d{1,3})?");
        }

        /** @throws IllegalArgumentException it is none */
        static Network parse(String text) {
            String[] parts = text.split("/", 2);
            String literal = parts[0].replaceAll("[\\[\\]]", "");
            try {
                if (!literal.contains(":")
                        && literal.chars().filter(c -> c == '.').count() != 3) {
                    throw new IllegalArgumentException("not four numbers: " + text);
                }
                InetAddress base = InetAddress.ofLiteral(literal);
                int all = base.getAddress().length * 8;
                int bits = parts.length == 1 ? all : Integer.parseInt(parts[1]);
                if (bits > all) {
                    throw new IllegalArgumentException("at most /" + all + " in " + text);
                }
                return new Network(base, bits);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "hosts, addresses and networks such as 10.1.0.0/16, separated by commas", e);
            }
        }

        boolean holds(InetAddress address) {
            byte[] ours = base.getAddress();
            byte[] its = address.getAddress();
            boolean sameFamily = (base instanceof Inet4Address && address instanceof Inet4Address)
                    || (base instanceof Inet6Address && address instanceof Inet6Address);
            if (!sameFamily) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % 8);
                if (((ours[bit / 8] ^ its[bit / 8]) & mask) != 0) {
                    return false;
                }
            }
            return true;
        }
    }
}
