package identicom.helm;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import io.fabric8.certmanager.api.model.v1.CertificateSpec;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRuleSpec;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitorSpec;
import io.strimzi.api.kafka.model.topic.KafkaTopicSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The models of what has to be installed in a cluster: Strimzi's, cert-manager's, the Prometheus operator's. They take any field; this does not. */
final class CustomResources {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private record Model(String apiVersion, Class<?> spec, List<String> required) {}

    /** What their definitions call required. */
    private static final Map<String, Model> MODELS = Map.of(
            "KafkaTopic",
            new Model("kafka.strimzi.io/v1beta2", KafkaTopicSpec.class, List.of("/partitions", "/replicas")),
            "Certificate",
            new Model("cert-manager.io/v1", CertificateSpec.class, List.of("/secretName", "/issuerRef/name")),
            "ServiceMonitor",
            new Model("monitoring.coreos.com/v1", ServiceMonitorSpec.class, List.of("/selector", "/endpoints/0")),
            "PrometheusRule",
            new Model(
                    "monitoring.coreos.com/v1",
                    PrometheusRuleSpec.class,
                    List.of("/groups/0/name", "/groups/0/rules/0/expr")));

    private CustomResources() {}

    /** What is wrong with the object: fields that the model does not know, that are missing, or of another type. */
    static List<String> faults(JsonNode object) {
        Model model = MODELS.get(Rendered.kind(object));
        if (model == null || !model.apiVersion.equals(object.path("apiVersion").asText())) {
            return List.of("no model of " + object.path("apiVersion") + " " + Rendered.kind(object));
        }
        JsonNode spec = object.path("spec");
        List<String> faults = new ArrayList<>();
        KubernetesModels.metadataFault(object).ifPresent(faults::add);
        model.required.stream()
                .filter(path -> spec.at(path).isMissingNode())
                .forEach(path -> faults.add("spec" + path + " is missing"));
        unknown("spec", spec, MAPPER.constructType(model.spec), faults);
        if (faults.isEmpty()) {
            try {
                MAPPER.convertValue(spec, model.spec);
            } catch (IllegalArgumentException e) {
                faults.add(e.getMessage());
            }
        }
        return faults;
    }

    private static void unknown(String path, JsonNode node, JavaType type, List<String> faults) {
        if (node.isArray() && type.isCollectionLikeType()) {
            node.forEach(item -> unknown(path + "[]", item, type.getContentType(), faults));
        } else if (node.isObject() && !type.isMapLikeType()) {
            Map<String, JavaType> known = MAPPER.getSerializationConfig().introspect(type).findProperties().stream()
                    .collect(Collectors.toMap(BeanPropertyDefinition::getName, BeanPropertyDefinition::getPrimaryType));
            node.properties().forEach(member -> {
                JavaType of = known.get(member.getKey());
                if (of == null) {
                    faults.add(path + "." + member.getKey() + " is unknown");
                } else {
                    unknown(path + "." + member.getKey(), member.getValue(), of, faults);
                }
            });
        }
    }
}
