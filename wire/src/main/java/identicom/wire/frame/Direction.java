package identicom.wire.frame;

/** Which way a frame travels, and what that allows. */
public enum Direction {
    /** Unit to station. */
    FROM_UNIT(1024),
    /** Station to unit. */
    TO_UNIT(120);

    private final int maxData;

    Direction(int maxData) {
        this.maxData = maxData;
    }

    /** The most bytes of data, before stuffing, that a frame may hold. */
    public int maxData() {
        return maxData;
    }
}
