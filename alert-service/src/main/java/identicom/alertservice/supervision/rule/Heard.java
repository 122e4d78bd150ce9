package identicom.alertservice.supervision.rule;

/**
 * The newest heartbeat of a station in one partition.
 *
 * @param sinceUs the database's clock when the station was first heard there
 * @param seenUs the database's clock when this one came
 */
public record Heard(Beat beat, int partition, long sinceUs, long seenUs) {}
