package identicom.runtime.kafka;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A record that can never be used, however often it is tried. It goes to quarantine and the loop goes on without it. */
public final class PoisonException extends Exception {
    private final transient ConsumerRecord<byte[], byte[]> record;

    /** @param reason what was wrong, for a person */
    public PoisonException(ConsumerRecord<byte[], byte[]> record, String reason) {
        super(reason, null, false, false);
        this.record = record;
    }

    public ConsumerRecord<byte[], byte[]> record() {
        return record;
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
