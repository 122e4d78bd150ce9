package identicom.fuzzing;

/**
 * What is done with one input, and what must hold of it: an {@link Invariants} that does not hold, and whatever else is thrown, is
 * a finding. The same input always does the same. Has a constructor without parameters; one thread.
 *
 * <p>Inputs that are kept stand beside it on the class path as {@code /fuzz/SIMPLE-NAME.txt}, see {@link Corpus}.
 */
public interface FuzzTarget {
    /** @param input never changed */
    void run(byte[] input) throws Exception;

    /** The most that {@link #run} may allocate, in bytes of heap, for an input of {@code length} bytes. */
    long mostAllocated(int length);
}
