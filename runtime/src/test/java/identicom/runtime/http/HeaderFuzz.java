package identicom.runtime.http;

import identicom.fuzzing.FuzzTarget;
import identicom.fuzzing.Invariants;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;

/**
 * Any value of the headers that are taken apart: who asks by {@code X-Forwarded-For} is an address, media types are told or not.
 * Input: the value, of the characters that a header may have.
 */
final class HeaderFuzz implements FuzzTarget {
    @Override
    public void run(byte[] input) throws Exception {
        String value = new String(input, StandardCharsets.ISO_8859_1).replaceAll("[\\x00-\\x08\\x0a-\\x1f\\x7f]", "");
        Map<String, String> headers = Map.of("X-Forwarded-For", value, "Accept", value, "Content-Type", value);
        Request request = AskedRequest.of("", Set.of(), headers);
        String address = request.remoteAddress();
        Invariants.same(address, InetAddress.ofLiteral(address).getHostAddress(), "who asks");
        request.accepts("text/csv");
        request.mediaType();
    }

    @Override
    public long mostAllocated(int length) {
        return 65_536 + 500L * length;
    }
}
