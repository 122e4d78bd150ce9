package identicom.logservice.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which entries a list is of; null: not asked.
 *
 * @param from time of the action, included
 * @param to time of the action, excluded
 */
public record AuditFilter(
        @Nullable String who,
        @Nullable String action,
        @Nullable String object,
        @Nullable Instant from,
        @Nullable Instant to) {}
