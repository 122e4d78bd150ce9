package identicom.wire.message;

/** {@code 01}: asks a silent unit for its {@link Identification}. No data. */
public record Identify() implements ToUnit {}
