package identicom.helm;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The chart's rules, and what docs/operations/alerts.md says of each. */
final class Alarms {
    private static final Path PAGE = Path.of("../docs/operations/alerts.md");

    private Alarms() {}

    /** A site in which there is everything that some alarm is about. */
    static Chart everywhere() {
        return Chart.site().and("services: {alert: {settings: {canary.serial: CANARY-1, canary.every: 2m}}}");
    }

    /** As a PrometheusRule has them. */
    static JsonNode groups(Chart chart) {
        return Rendered.one(chart.objects(), "PrometheusRule", Chart.RELEASE).at("/spec/groups");
    }

    static List<JsonNode> rules(Chart chart) {
        List<JsonNode> rules = new ArrayList<>();
        groups(chart).forEach(group -> group.path("rules").forEach(rules::add));
        return rules;
    }

    static String name(JsonNode rule) {
        return rule.path("alert").asText();
    }

    static List<String> names(Chart chart) {
        return rules(chart).stream().map(Alarms::name).toList();
    }

    /** The page's sections, by their titles. */
    static Map<String, String> runbook() {
        return sections(PAGE);
    }

    /** A page's sections of the second level, by their titles. */
    static Map<String, String> sections(Path page) {
        Map<String, String> sections = new LinkedHashMap<>();
        try {
            for (String section : Files.readString(page).split("(?m)^## ")) {
                sections.put(section.lines().findFirst().orElseThrow(), section);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        sections.keySet().removeIf(title -> title.startsWith("# "));
        return sections;
    }
}
