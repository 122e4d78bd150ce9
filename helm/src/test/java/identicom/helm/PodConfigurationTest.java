package identicom.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import identicom.runtime.config.Configuration;
import identicom.runtime.config.ConfigurationException;
import identicom.runtime.config.Key;
import identicom.runtime.kafka.Clusters;
import identicom.standalone.command.MigrateCommand;
import identicom.standalone.process.ProcessKeys;
import identicom.standalone.process.ServiceKind;
import identicom.standalone.process.ServiceProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What the chart configures is what the programs read: no key too many, none missing, no secret in the open. */
class PodConfigurationTest {
    static Stream<Chart> charts() {
        return RenderingTest.everything();
    }

    @ParameterizedTest
    @MethodSource("charts")
    void everyKeyInThePodsIsOneThatTheirProgramReads(Chart chart) throws Exception {
        List<JsonNode> objects = chart.objects();
        for (JsonNode workload : Rendered.workloads(objects)) {
            String program = Rendered.process(workload);
            Map<String, String> environment = Environments.of(workload, objects);
            Set<String> all = new TreeSet<>(environment.keySet());
            all.addAll(Environments.secret(workload).keySet());

            assertThat(all)
                    .filteredOn(variable -> variable.startsWith("IDENTICOM_"))
                    .as(program)
                    .hasSizeGreaterThan(6)
                    .allSatisfy(variable ->
                            assertThat(Programs.keyOf(program, variable)).isPresent());
            Clusters.from(Configuration.load(null, environment, Programs.KEYS.get(program)));
        }
    }

    @ParameterizedTest
    @MethodSource("charts")
    void noSecretStandsInTheOpen(Chart chart) {
        List<JsonNode> objects = chart.objects();
        for (JsonNode workload : Rendered.workloads(objects)) {
            String program = Rendered.process(workload);
            assertThat(Environments.plain(workload, objects).keySet())
                    .as(program)
                    .noneMatch(variable ->
                            Programs.keyOf(program, variable).map(Key::secret).orElse(false))
                    .noneMatch(variable -> variable.contains("PASSWORD") || variable.contains("JAAS"));
        }
    }

    @Test
    void whatAProgramCannotStartWithoutIsInTheChart(@TempDir Path folder) throws Exception {
        List<JsonNode> objects = Chart.site().objects();
        for (JsonNode workload : Rendered.workloads(objects)) {
            String program = Rendered.process(workload);
            assertThat(Environments.of(workload, objects).keySet())
                    .as(program)
                    .containsAll(required(program, folder).stream()
                            .map(Key::variable)
                            .toList());
        }
    }

    /** By the program's own words: what it says is missing where nothing is configured. And its database, which has a default. */
    private static Set<String> required(String program, Path folder) throws Exception {
        Configuration nothing = Configuration.load(null, Map.of(), ProcessKeys.all());
        List<String> problems = new ArrayList<>(problems(() -> Clusters.from(nothing)));
        if (program.equals("migrate")) {
            Path empty = Files.writeString(folder.resolve("empty.properties"), "");
            problems.addAll(
                    problems(CommandLine.populateCommand(new MigrateCommand(), "--config", empty.toString())::call));
            // it has defaults, which are nobody's in a cluster
            problems.add("database.admin.url: missing");
        } else {
            ServiceKind kind = Stream.of(ServiceKind.values())
                    .filter(one -> one.text().equals(program))
                    .findFirst()
                    .orElseThrow();
            problems.addAll(problems(() -> ServiceProcess.start(kind, nothing, line -> {})));
            problems.add("database." + kind.database() + ".url: missing");
            problems.add("database." + kind.database() + ".password: missing");
        }
        return problems.stream()
                .map(problem -> problem.substring(0, problem.indexOf(": missing")))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private interface Start {
        Object run() throws Exception;
    }

    private static List<String> problems(Start start) {
        ConfigurationException thrown = catchThrowableOfType(ConfigurationException.class, start::run);
        assertThat(thrown).isNotNull();
        return thrown.problems();
    }
}
