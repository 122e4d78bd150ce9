package identicom.alertservice.supervision.rule;

/** A station lived, and could accept a critical event nowhere: units that called were sent away. */
public record Shut(String station, long fromUs, long toUs) {}
