package identicom.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Whoever is woken finds in docs/operations what it means and what to do. */
class AlarmsTest {
    private static final Path METRICS = Path.of("../docs/operations/metrics.md");
    private static final Pattern LINK = Pattern.compile("\\(metrics\\.md#([a-z-]+)\\)");

    @Test
    void everyRuleHasItsSectionAndEverySectionItsRule() {
        assertThat(Alarms.rules(Alarms.everywhere()))
                .extracting(rule -> rule.path("alert").asText())
                .containsExactlyInAnyOrderElementsOf(Alarms.runbook().keySet());
    }

    @Test
    void everySectionSaysWhatItMeansWhatToDoAndWhenItIsOver() {
        assertThat(Alarms.runbook())
                .allSatisfy((title, text) -> assertThat(text)
                        .contains("**Means**", "**Look at**", "**Over** when", "**Rings by**")
                        .containsIgnoringCase("**do**"));
    }

    /** So that whoever is woken sees the figures before their section. */
    @Test
    void everySectionNamesTheMetricsThatItsRuleAsksForAndLeadsToTheirs() {
        Map<String, String> metrics = Alarms.sections(METRICS);
        assertThat(Alarms.rules(Alarms.everywhere())).allSatisfy(rule -> {
            String by = ringsBy(Alarms.name(rule));
            String led = LINK.matcher(by)
                    .results()
                    .map(link -> metrics.get(titleOf(link.group(1), metrics)))
                    .collect(Collectors.joining());
            assertThat(Query.of(rule.path("expr").asText()).selectors()).allSatisfy(selector -> {
                assertThat(by).contains("`" + selector.metric() + "`");
                assertThat(led).contains(known(selector.metric()));
            });
        });
    }

    private static String ringsBy(String alarm) {
        String section = Alarms.runbook().get(alarm);
        return section.substring(section.indexOf("**Rings by**"));
    }

    private static String titleOf(String anchor, Map<String, String> sections) {
        return sections.keySet().stream()
                .filter(title -> title.toLowerCase().replace(' ', '-').equals(anchor))
                .findFirst()
                .orElseThrow(() -> new AssertionError("metrics.md#" + anchor + " leads nowhere"));
    }

    /** As metrics.md has it: a histogram by its name, and what a library exposes by what its names begin with. */
    private static String known(String metric) {
        return "`" + metric.replaceFirst("_(bucket|count)$", "").replaceFirst("^process_.*", "process_");
    }

    @Test
    void everyRuleLeadsToItsSectionAndSaysHowBadItIs() {
        Map<String, String> sections = Alarms.runbook();
        assertThat(Alarms.rules(Alarms.everywhere())).allSatisfy(rule -> {
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
        assertThat(Alarms.rules(Alarms.everywhere()))
                .filteredOn(rule -> rule.path("alert").asText().equals("CanaryMissing"))
                .singleElement()
                .satisfies(rule -> assertThat(rule.path("expr").asText()).contains("[360000ms]"));
        assertThat(Alarms.rules(Chart.site()))
                .extracting(rule -> rule.path("alert").asText())
                .noneMatch(alert -> alert.startsWith("Canary"));
    }

    /** A span with fewer than two scrapes says nothing, and would never ring. */
    @Test
    void aCanaryIsNotMissedInFewerThanFourScrapes() {
        Chart often = Chart.site()
                .and("services: {alert: {settings: {canary.serial: CANARY-1, canary.every: 10s}}}")
                .and("monitoring: {interval: 30s}");
        assertThat(Alarms.rules(often))
                .filteredOn(rule -> Alarms.name(rule).equals("CanaryMissing"))
                .singleElement()
                .satisfies(rule -> assertThat(rule.path("expr").asText()).contains("[120000ms]"));
    }

    /** What rings when nothing is told must not ring where nothing is meant to be. */
    @Test
    void aReleaseHasOnlyAlarmsAboutWhatItRuns() {
        assertThat(Alarms.names(Chart.site().and("services: {enabled: false}").and("migrate: {enabled: false}")))
                .containsExactlyInAnyOrder(
                        "NoStationReady",
                        "DeletesStopped",
                        "StationsNotWatched",
                        "ProxyHeadersWrong",
                        "CertificateExpires",
                        "CertificatesNotWatched",
                        "DiskRunsFull");
        assertThat(Alarms.names(Alarms.everywhere().and("stations: {enabled: false}")))
                .contains("MainDown", "ServicesNotWatched", "CanaryMissing", "VolumesNotWatched")
                .doesNotContain("NoStationReady", "DeletesStopped", "StationsNotWatched", "ProxyHeadersWrong");
        assertThat(Alarms.names(Chart.site()
                        .and("kafka: {clientCertificates: {issuer: ''}}")
                        .and("ingress: {tls: {issuer: '', secret: page}}")))
                .doesNotContain("CertificateExpires", "CertificatesNotWatched");
    }

    @Test
    void aVolumeOfPicturesThatWasThereBeforeIsWatchedToo() {
        assertThat(Alarms.rules(Chart.site().and("services: {media: {store: {existingClaim: old-pictures}}}")))
                .filteredOn(rule -> List.of("DiskRunsFull", "VolumesNotWatched").contains(Alarms.name(rule)))
                .hasSize(2)
                .allSatisfy(rule -> assertThat(rule.path("expr").asText()).contains("old-pictures"));
    }

    @Test
    void wordsThatTheChartReplacesAreReplaced() {
        assertThat(Alarms.rules(Alarms.everywhere()).toString())
                .doesNotContain("RELEASE", "[CANARY]", "PICTURES", "needs")
                .doesNotContainPattern(Pattern.compile("namespace=\\\\?\"\\\\?\""));
    }
}
