package identicom.helm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** YAML as trees. */
final class Yaml {
    private static final YAMLMapper MAPPER = new YAMLMapper();

    private Yaml() {}

    static JsonNode file(Path file) {
        try {
            return tree(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode tree(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    /** Every document of a text that has several; empty ones are left out. */
    static List<JsonNode> documents(String text) {
        List<JsonNode> documents = new ArrayList<>();
        try (var values = MAPPER.readerFor(JsonNode.class).<JsonNode>readValues(text)) {
            values.forEachRemaining(documents::add);
        } catch (IOException e) {
            throw new UncheckedIOException(text, e);
        }
        documents.removeIf(document -> document == null || document.isNull() || document instanceof MissingNode);
        return documents;
    }

    static String text(JsonNode tree) {
        try {
            return MAPPER.writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Puts {@code over} over {@code under} as helm does with values: objects member by member, all else whole. */
    static void merge(ObjectNode under, JsonNode over) {
        over.properties().forEach(member -> {
            if (under.get(member.getKey()) instanceof ObjectNode both && member.getValue() instanceof ObjectNode) {
                merge(both, member.getValue());
            } else {
                under.set(member.getKey(), member.getValue().deepCopy());
            }
        });
    }
}
