package identicom.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Whoever is woken finds in docs/operations what it means and what to do. */
class AlarmsTest {
    private static final Path PAGE = Path.of("../docs/operations/alerts.md");

    private static List<JsonNode> rules(Chart chart) {
        List<JsonNode> rules = new ArrayList<>();
        Rendered.one(chart.objects(), "PrometheusRule", Chart.RELEASE)
                .at("/spec/groups")
                .forEach(group -> group.path("rules").forEach(rules::add));
        return rules;
    }

    private static Chart withCanary() {
        return Chart.site().and("services: {alert: {settings: {canary.serial: CANARY-1, canary.every: 2m}}}");
    }

    private static Map<String, String> sections() throws IOException {
        Map<String, String> sections = new LinkedHashMap<>();
        for (String section : Files.readString(PAGE).split("(?m)^## ")) {
            sections.put(section.lines().findFirst().orElseThrow(), section);
        }
        sections.keySet().removeIf(title -> title.startsWith("# "));
        return sections;
    }

    @Test
    void everyRuleHasItsSectionAndEverySectionItsRule() throws IOException {
        assertThat(rules(withCanary()))
                .extracting(rule -> rule.path("alert").asText())
                .containsExactlyInAnyOrderElementsOf(sections().keySet());
    }

    @Test
    void everySectionSaysWhatItMeansWhatToDoAndWhenItIsOver() throws IOException {
        assertThat(sections())
                .allSatisfy((title, text) -> assertThat(text)
                        .contains("**Means**", "**Look at**", "**Over** when")
                        .containsIgnoringCase("**do**"));
    }

    @Test
    void everyRuleLeadsToItsSectionAndSaysHowBadItIs() throws IOException {
        Map<String, String> sections = sections();
        assertThat(rules(withCanary())).allSatisfy(rule -> {
            String alert = rule.path("alert").asText();
            assertThat(rule.at("/annotations/runbook_url").asText())
                    .isEqualTo("docs/operations/alerts.md#" + alert.toLowerCase());
            String severity = rule.at("/labels/severity").asText();
            assertThat(severity).isIn("critical", "warning");
            assertThat(sections.get(alert)).containsIgnoringCase("*" + severity + ".*");
            assertThat(rule.at("/annotations/summary").asText()).isNotEmpty();
            assertThat(rule.at("/annotations/description").asText()).isNotEmpty();
        });
    }

    @Test
    void aMissingCanaryIsMissedAfterThreeOfItsIntervalsAndOnlyWhereThereIsOne() {
        assertThat(rules(withCanary()))
                .filteredOn(rule -> rule.path("alert").asText().equals("CanaryMissing"))
                .singleElement()
                .satisfies(rule -> assertThat(rule.path("expr").asText()).contains("[360000ms]"));
        assertThat(rules(Chart.site()))
                .extracting(rule -> rule.path("alert").asText())
                .noneMatch(alert -> alert.startsWith("Canary"));
    }

    @Test
    void wordsThatTheChartReplacesAreReplaced() {
        assertThat(rules(withCanary()).toString())
                .doesNotContain("RELEASE", "[CANARY]")
                .doesNotContainPattern(Pattern.compile("namespace=\\\\?\"\\\\?\""));
    }
}
