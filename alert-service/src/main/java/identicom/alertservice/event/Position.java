package identicom.alertservice.event;

/** A valid position, in 10⁻⁷ degrees. */
public record Position(int latitudeE7, int longitudeE7) {}
