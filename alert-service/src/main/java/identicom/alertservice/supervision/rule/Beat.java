package identicom.alertservice.supervision.rule;

/** A station's heartbeat, without where it stood. @param uptimeUs monotonic; 0: the station does not say it */
public record Beat(String station, long startedUs, long atUs, long uptimeUs, boolean draining, int openSessions) {}
