package identicom.receiver.session;

import identicom.wire.message.EventLog;

/**
 * A pushed frame whose unit the whitelist has not judged yet.
 *
 * @param readAtUs when it had been read, microseconds since 1970 UTC
 */
public record Held(EventLog log, long readAtUs) {}
