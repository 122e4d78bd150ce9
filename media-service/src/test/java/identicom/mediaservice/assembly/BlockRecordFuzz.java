package identicom.mediaservice.assembly;

import static identicom.fuzzing.Invariants.holds;

import identicom.fuzzing.FuzzTarget;
import identicom.runtime.kafka.PoisonException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Any record of the pictures' topic: a block that lies within its picture, or poison with its reason. Input: the record's value. */
public final class BlockRecordFuzz implements FuzzTarget {
    private static final int MAX_PICTURE = 1_048_576;

    @Override
    public void run(byte[] input) {
        try {
            Block block = new BlockDecoder(MAX_PICTURE)
                    .decode(new ConsumerRecord<>("identicom.pictures", 0, 0, new byte[0], input));
            holds(block.offset() >= 0, "a block before its picture");
            holds(
                    block.data().length == 0
                            || block.offset() + (long) block.data().length
                                    <= block.key().size(),
                    "a block beyond its picture");
        } catch (PoisonException poison) {
            holds(!poison.reason().isBlank(), "poison without a reason");
        }
    }

    @Override
    public long mostAllocated(int length) {
        return 65_536 + 500L * length;
    }
}
