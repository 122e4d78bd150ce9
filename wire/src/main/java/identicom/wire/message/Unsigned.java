package identicom.wire.message;

/** The ranges of the wire's unsigned integers. A message outside them is a bug of the caller, never a peer's doing. */
final class Unsigned {
    private Unsigned() {}

    static void u8(String field, int value) {
        range(field, value, 0, 0xff);
    }

    static void u16(String field, int value) {
        range(field, value, 0, 0xffff);
    }

    static void u32(String field, long value) {
        range(field, value, 0, 0xffff_ffffL);
    }

    static void range(String field, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(field + ": " + value + " (expected: " + least + ".." + most + ")");
        }
    }
}
