package identicom.receiver.session;

import identicom.wire.message.Octets;

/**
 * CRC-32 (IEEE) that goes on from any earlier value, so that it survives the session it was begun in; {@code
 * java.util.zip.CRC32} cannot. The value is always that of the bytes so far, 0 for none. Pure.
 */
final class Crc32 {
    private static final int REVERSED_POLYNOMIAL = 0xedb8_8320;
    private static final int[] TABLE = table();

    private Crc32() {}

    private static int[] table() {
        int[] table = new int[256];
        for (int i = 0; i < table.length; i++) {
            int value = i;
            for (int bit = 0; bit < 8; bit++) {
                value = (value >>> 1) ^ ((value & 1) == 0 ? 0 : REVERSED_POLYNOMIAL);
            }
            table[i] = value;
        }
        return table;
    }

    /**
     * @param crc of the bytes before, 0..2³²-1
     * @return of these bytes and those before, 0..2³²-1
     */
    static long of(long crc, Octets bytes) {
        int register = ~(int) crc;
        for (int i = 0; i < bytes.size(); i++) {
            register = (register >>> 8) ^ TABLE[(register ^ bytes.unsignedByte(i)) & 0xff];
        }
        return Integer.toUnsignedLong(~register);
    }
}
