package identicom.alertservice.supervision.rule;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Names of the networks from which units dial in; the first that holds an address names it. Nothing is looked up. */
public final class Networks {

    private record Network(String name, byte[] prefix, int bits) {
        boolean holds(byte[] address) {
            if (address.length != prefix.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                if (((address[bit / 8] ^ prefix[bit / 8]) & (0x80 >> (bit % 8))) != 0) {
                    return false;
                }
            }
            return true;
        }
    }

    private final List<Network> networks = new ArrayList<>();

    /**
     * @param named such as {@code carrier=10.1.0.0/16}
     * @throws IllegalArgumentException one is something else
     */
    public Networks(List<String> named) {
        for (String one : named) {
            networks.add(network(one));
        }
    }

    /** Several of them, separated by commas; the message of what it throws is what was expected. */
    public static Networks parse(String text) {
        return new Networks(Stream.of(text.split(","))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList());
    }

    private static Network network(String text) {
        String[] parts = text.split("[=/]", 3);
        try {
            byte[] address = InetAddress.ofLiteral(parts[1].strip()).getAddress();
            int bits = Integer.parseInt(parts[2].strip());
            if (parts[0].isBlank() || bits < 0 || bits > address.length * 8) {
                throw new IllegalArgumentException("out of range");
            }
            return new Network(parts[0].strip(), address, bits);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("name=address/bits, such as carrier=10.1.0.0/16", e);
        }
    }

    /** @param source such as {@code 10.1.2.3:40312}; the answer is empty where no network holds it */
    public String of(String source) {
        if (networks.isEmpty()) {
            return "";
        }
        try {
            String host = source.substring(0, Math.max(0, source.lastIndexOf(':')))
                    .replace("[", "")
                    .replace("]", "");
            byte[] address = InetAddress.ofLiteral(host).getAddress();
            return networks.stream()
                    .filter(network -> network.holds(address))
                    .map(Network::name)
                    .findFirst()
                    .orElse("");
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
