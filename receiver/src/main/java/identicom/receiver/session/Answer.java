package identicom.receiver.session;

/**
 * One answer to a read of the log that is not durable yet.
 *
 * @param firstNumber of its first entry; the others follow
 * @param count 1..51 entries
 * @param lastSequence the sequence of its last entry
 * @param pending bit i set: main has not acknowledged entry {@code firstNumber + i}
 */
record Answer(long firstNumber, int count, long lastSequence, long pending) {
    static Answer of(long firstNumber, int count, long lastSequence) {
        return new Answer(firstNumber, count, lastSequence, (1L << count) - 1);
    }

    boolean holds(long number) {
        return number >= firstNumber && number < firstNumber + count;
    }

    Answer acknowledged(long number) {
        return new Answer(firstNumber, count, lastSequence, pending & ~(1L << (number - firstNumber)));
    }

    boolean durable() {
        return pending == 0;
    }
}
