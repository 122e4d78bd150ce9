package identicom.receiver.simulation;

import identicom.wire.message.PictureEntry;
import java.util.BitSet;
import java.util.zip.CRC32;

/** One picture: as it is on its unit, and what main has of it. */
final class PictureModel {
    private static final int READINGS = 3;

    private final PictureEntry entry;
    private final byte[] bytes;
    private final boolean lies;
    private final BitSet[] acknowledged = new BitSet[READINGS];
    private int saved;
    private boolean recorded;
    private boolean deleted;

    /** @param lies its unit lists it with a CRC that is not its own */
    PictureModel(int number, byte[] bytes, long takenSeconds, boolean lies) {
        this.bytes = bytes;
        this.lies = lies;
        this.entry = new PictureEntry(number, bytes.length, takenSeconds, crc(bytes.length) ^ (lies ? 1 : 0));
        for (int i = 0; i < READINGS; i++) {
            acknowledged[i] = new BitSet(bytes.length);
        }
    }

    PictureEntry entry() {
        return entry;
    }

    boolean lies() {
        return lies;
    }

    /** Of the first so many bytes. */
    long crc(int count) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, count);
        return crc.getValue();
    }

    byte[] part(int offset, int length) {
        byte[] part = new byte[length];
        System.arraycopy(bytes, offset, part, 0, length);
        return part;
    }

    boolean hasAt(long offset, byte[] data) {
        for (int i = 0; i < data.length; i++) {
            if (offset + i >= bytes.length || bytes[(int) offset + i] != data[i]) {
                return false;
            }
        }
        return true;
    }

    void acknowledged(int reading, int offset, int length) {
        recorded = true;
        acknowledged[reading].set(offset, offset + length);
    }

    /** How many bytes from the start on a station knows to be at main, of this reading. */
    int durable(int reading) {
        return acknowledged[reading].nextClearBit(0);
    }

    /** Main has a progress record of so many bytes. */
    void saved(int offset) {
        saved = Math.max(saved, offset);
    }

    int saved() {
        return saved;
    }

    boolean wholeAtMain() {
        return recorded && (durable(1) >= bytes.length || durable(2) >= bytes.length);
    }

    boolean deleted() {
        return deleted;
    }

    void delete() {
        deleted = true;
    }
}
