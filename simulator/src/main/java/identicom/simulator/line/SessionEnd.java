package identicom.simulator.line;

/** How a session ended, as the unit saw it. */
public enum SessionEnd {
    /** The station ended it; nothing that was there at the dial-in is left. */
    EMPTIED("emptied", false),
    /** The station ended it in order, entries from before the dial-in are left. */
    LOG_KEPT("log kept", false),
    /** The station ended it without having asked for anything. */
    NOT_SERVED("not served", true),
    /** Nobody listens. */
    REFUSED("refused", true),
    /** No connection within the time a unit waits. */
    UNREACHABLE("unreachable", true),
    /** The connection was reset. */
    RESET("reset", true),
    /** The line dropped, as planned by its quality. */
    DROPPED("dropped", true),
    /** Nothing from the station for as long as a unit waits. */
    SILENT("silent", true),
    /** The station broke the protocol. */
    STATION_FAULT("station fault", true),
    /** The unit was told to stop. */
    STOPPED("stopped", false);

    private final String title;
    private final boolean failure;

    SessionEnd(String title, boolean failure) {
        this.title = title;
        this.failure = failure;
    }

    /** In words, lower case. */
    public String title() {
        return title;
    }

    public boolean failure() {
        return failure;
    }
}
