package identicom.receiver.server;

/** How far the station's stop has come. Any thread. */
final class Ending {
    private volatile boolean announced;
    private volatile boolean stopping;

    /** From here on probes hear that the station is about to stop; units are served as before. */
    void announce() {
        announced = true;
    }

    /** From here on sessions end at their next safe point. */
    void stop() {
        announced = true;
        stopping = true;
    }

    boolean announced() {
        return announced;
    }

    boolean stopping() {
        return stopping;
    }
}
