package identicom.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Alarms ring when they should and are silent when they should: Prometheus's own {@code promtool} evaluates the rules that the real
 * helm renders over the series in {@code src/test/resources/alarms}.
 */
class AlarmRulesTest {
    private static final Logger LOG = LoggerFactory.getLogger(AlarmRulesTest.class);
    private static final Path CASES = Path.of("src/test/resources/alarms");
    private static final String RULES = "rules.yaml";

    @TempDir
    private Path folder;

    /** Each is called as its group of rules is, without {@code identicom-}. */
    static Stream<Path> files() throws Exception {
        try (Stream<Path> files = Files.list(CASES)) {
            return files.sorted().toList().stream();
        }
    }

    private static Promtool promtool() {
        Optional<Promtool> promtool = Promtool.onThePath();
        assumeTrue(
                promtool.isPresent(),
                "promtool is not on the PATH, so no rule is evaluated here: apt-get install prometheus brings it");
        return promtool.orElseThrow();
    }

    private static JsonNode rendered() {
        return Alarms.groups(Alarms.everywhere());
    }

    private void write(JsonNode groups) throws Exception {
        Files.writeString(folder.resolve(RULES), "groups:\n" + Yaml.text(groups).replaceFirst("^---\n", ""));
    }

    /** Cases say what whoever is woken reads first, and not the sentences behind it. */
    private static JsonNode withSummariesOnly(JsonNode groups) {
        groups.findParents("annotations").forEach(rule -> ((ObjectNode) rule.path("annotations")).retain("summary"));
        return groups;
    }

    private void passes(String... arguments) throws Exception {
        Promtool.Said said = promtool().run(folder, arguments);
        LOG.info("promtool {}:\n{}", String.join(" ", arguments), said.output());
        assertThat(said.exitCode()).as(said.output()).isZero();
    }

    @Test
    void prometheusTakesEveryRule() throws Exception {
        write(rendered());
        passes("check", "rules", RULES);
    }

    @ParameterizedTest
    @MethodSource("files")
    void alarmsRingAndAreSilentAsTheyShould(Path cases) throws Exception {
        write(withSummariesOnly(rendered()));
        Files.copy(cases, folder.resolve(cases.getFileName()));
        passes("test", "rules", cases.getFileName().toString());
    }

    @Test
    void everyGroupHasItsFile() throws Exception {
        assertThat(files())
                .extracting(file -> "identicom-" + file.getFileName().toString().replace(".yaml", ""))
                .containsExactlyInAnyOrderElementsOf(Rendered.items(rendered())
                        .map(group -> group.path("name").asText())
                        .toList());
    }

    /** A case in which an alarm rings does not prove that it is ever silent: that is a case of its own. */
    @Test
    void everyAlarmHasACaseInWhichItRingsAndOneInWhichItNeverDoes() throws Exception {
        Set<String> ringing = new TreeSet<>();
        Set<String> silent = new TreeSet<>();
        for (Path file : files().toList()) {
            for (JsonNode one : Yaml.file(file).path("tests")) {
                Set<String> rings = looks(one)
                        .filter(look -> look.has("exp_alerts"))
                        .map(look -> look.path("alertname").asText())
                        .collect(Collectors.toCollection(TreeSet::new));
                ringing.addAll(rings);
                looks(one)
                        .map(look -> look.path("alertname").asText())
                        .filter(alarm -> !rings.contains(alarm))
                        .forEach(silent::add);
            }
        }
        List<String> alarms = Alarms.names(Alarms.everywhere());
        assertThat(ringing).containsExactlyInAnyOrderElementsOf(alarms);
        assertThat(silent).containsExactlyInAnyOrderElementsOf(alarms);
    }

    /** A case's series have to be there when it looks: nothing rings of a series that has ended. */
    @Test
    void everyCaseInWhichAnAlarmIsSilentHasSeries() throws Exception {
        List<String> without = new ArrayList<>();
        for (Path file : files().toList()) {
            Rendered.items(Yaml.file(file).path("tests"))
                    .filter(one -> looks(one).noneMatch(look -> look.has("exp_alerts")))
                    .filter(one -> one.path("input_series").isEmpty())
                    .forEach(one -> without.add(one.path("name").asText()));
        }
        assertThat(without).isEmpty();
    }

    private static Stream<JsonNode> looks(JsonNode one) {
        return Rendered.items(one.path("alert_rule_test"));
    }
}
