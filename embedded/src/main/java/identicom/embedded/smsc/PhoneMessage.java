package identicom.embedded.smsc;

import java.time.Instant;
import java.util.List;

/**
 * A text as the phone would show it.
 *
 * @param at when its last part came
 * @param from the sender a phone shows
 * @param to the phone's number, digits only
 * @param parts as they came, in their order
 */
public record PhoneMessage(Instant at, String from, String to, String text, List<Part> parts) {

    /**
     * What one submit_sm carried.
     *
     * @param id what this SMSC called it
     * @param dataCoding SMPP's data_coding
     * @param header {@code bytes} begin with a user data header
     */
    public record Part(String id, int dataCoding, boolean header, byte[] bytes) {}
}
