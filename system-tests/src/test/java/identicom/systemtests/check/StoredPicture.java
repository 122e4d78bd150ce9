package identicom.systemtests.check;

import com.fasterxml.jackson.databind.JsonNode;
import identicom.simulator.unit.TakenPicture;
import java.time.Instant;

/** A picture's identity, as a unit has it and as the system tells it. */
record StoredPicture(String serial, int picture, Instant takenAt, long size, long crc32) {
    static StoredPicture of(JsonNode item) {
        return new StoredPicture(
                item.get("serial").asText(),
                item.get("picture").asInt(),
                Instant.parse(item.get("takenAt").asText()),
                item.get("size").asLong(),
                Long.parseLong(item.get("crc32").asText(), 16));
    }

    static StoredPicture of(String serial, TakenPicture taken) {
        return new StoredPicture(serial, taken.number(), taken.takenAt(), taken.size(), taken.crc32());
    }
}
