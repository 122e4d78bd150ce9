package identicom.alertservice.view;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.UUID;

/** Alerts as JSON of one line, and back. */
public final class AlertJson {

    private static final ObjectMapper MAPPER = new ObjectMapper()
            .registerModule(new SimpleModule()
                    .addSerializer(Instant.class, new ToText())
                    .addDeserializer(Instant.class, new FromText()));

    private static final int ID_AT = "{\"id\":\"".length();
    private static final int ID_END = ID_AT + 36;

    private AlertJson() {}

    /** The id with which what is told of an alert begins, without reading the rest. */
    public static UUID idOf(String json) {
        return UUID.fromString(json.substring(ID_AT, ID_END));
    }

    public static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("cannot be JSON: " + value, e);
        }
    }

    public static AlertView read(String json) {
        try {
            return MAPPER.readValue(json, AlertView.class);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("not an alert: " + json, e);
        }
    }

    private static final class ToText extends StdSerializer<Instant> {
        ToText() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant value, JsonGenerator to, SerializerProvider context) throws IOException {
            to.writeString(value.toString());
        }
    }

    private static final class FromText extends StdDeserializer<Instant> {
        FromText() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser from, DeserializationContext context) throws IOException {
            return Instant.parse(from.getText());
        }
    }
}
