package identicom.wire.message;

/** One message, in either direction. */
public sealed interface Message permits FromUnit, ToUnit {}
