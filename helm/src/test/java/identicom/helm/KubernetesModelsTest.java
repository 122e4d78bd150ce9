package identicom.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whether the models that the other tests go by notice what is wrong, however deep it stands. */
class KubernetesModelsTest {
    /** What holds names of our own choice. */
    private static final Set<String> FREE = Set.of(
            "labels",
            "annotations",
            "data",
            "stringData",
            "matchLabels",
            "nodeSelector",
            "requests",
            "limits",
            "selector");

    @Test
    void aFieldThatTheApiDoesNotKnowIsNoticedAnywhere() {
        List<String> unnoticed = new ArrayList<>();
        int tried = 0;
        for (JsonNode object : Chart.site().objects()) {
            if (KubernetesModels.has(object)) {
                JsonNode copy = object.deepCopy();
                for (Place place : places("", copy)) {
                    place.object().put("unknown", "x");
                    tried++;
                    if (KubernetesModels.fault(copy).isEmpty()) {
                        unnoticed.add(Rendered.word(object) + place.path());
                    }
                    place.object().remove("unknown");
                }
            }
        }
        assertThat(unnoticed).isEmpty();
        assertThat(tried).isGreaterThan(300);
    }

    @Test
    void aFieldThatIsMissingIsNoticed() {
        JsonNode deployment = Rendered.one(Chart.site().objects(), "Deployment", "watch-alert-service");
        ((ObjectNode) deployment.path("spec")).remove("selector");
        assertThat(KubernetesModels.fault(deployment))
                .hasValueSatisfying(fault -> assertThat(fault).contains("selector"));
    }

    private record Place(String path, ObjectNode object) {}

    private static List<Place> places(String path, JsonNode node) {
        List<Place> places = new ArrayList<>();
        if (node instanceof ObjectNode object) {
            places.add(new Place(path, object));
            object.properties().forEach(member -> {
                boolean names = member.getValue().isObject()
                        && FREE.contains(member.getKey())
                        && !member.getValue().has("matchLabels");
                if (!names) {
                    places.addAll(places(path + "." + member.getKey(), member.getValue()));
                }
            });
        } else if (node instanceof ArrayNode array) {
            array.forEach(item -> places.addAll(places(path + "[]", item)));
        }
        return places;
    }
}
