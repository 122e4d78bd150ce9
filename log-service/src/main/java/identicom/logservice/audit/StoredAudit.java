package identicom.logservice.audit;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * Something a person did, as the audit trail has it and the list shows it.
 *
 * @param storedId its place in the order of storing
 * @param from the address that the request came from
 * @param detail an object of texts
 */
public record StoredAudit(
        @JsonIgnore long storedId,
        String id,
        Instant at,
        String service,
        String who,
        String role,
        String from,
        String action,
        String object,
        JsonNode detail) {}
