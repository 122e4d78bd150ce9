package identicom.alertservice.stream;

import org.jspecify.annotations.Nullable;

/**
 * One Server-Sent Event of the alert stream.
 *
 * @param id its place in the change log; null where a stream cannot be resumed from
 * @param data one line
 */
public record Frame(@Nullable Long id, String event, String data) {}
