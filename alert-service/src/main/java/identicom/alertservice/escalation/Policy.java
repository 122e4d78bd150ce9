package identicom.alertservice.escalation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import identicom.runtime.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who is told of an alert, level by level, until somebody acknowledges it. */
public record Policy(List<Level> levels) {

    public static final String DEFAULT = "default";
    static final String SCREEN = "screen";

    /** @param afterSeconds from the moment at which the alert was raised */
    @JsonInclude(Include.NON_NULL)
    public record Level(
            int afterSeconds,
            List<Target> targets,
            @Nullable Hours hours) {
        public Level {
            targets = List.copyOf(targets);
        }

        boolean open(Instant now) {
            return hours == null || hours.covers(now);
        }
    }

    /** A channel with its address ({@code screen} has none), or a group. */
    @JsonInclude(Include.NON_NULL)
    public record Target(
            @Nullable String channel,
            @Nullable String address,
            @Nullable String group,
            @Nullable Hours hours) {

        boolean open(Instant now) {
            return hours == null || hours.covers(now);
        }
    }

    /** One of a group. */
    public record Member(String name, String channel, String address) {}

    public Policy {
        levels = List.copyOf(levels);
    }

    static List<Level> levels(String json) {
        return read(json, new TypeReference<>() {});
    }

    static List<Member> members(String json) {
        return read(json, new TypeReference<>() {});
    }

    static String json(Object value) {
        try {
            return Json.mapper().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("cannot be JSON: " + value, e);
        }
    }

    private static <T> T read(String json, TypeReference<T> type) {
        try {
            T value = Json.mapper().readValue(json, type);
            if (value == null) {
                throw new UncheckedIOException(new IOException("stored otherwise than it was checked: " + json));
            }
            return value;
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("stored otherwise than it was checked: " + json, e);
        }
    }
}
