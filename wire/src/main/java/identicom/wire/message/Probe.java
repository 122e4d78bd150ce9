package identicom.wire.message;

/** {@code 00}: a load balancer asks whether the station serves. Legal as the first frame of a connection only. No data. */
public record Probe() implements FromUnit {}
