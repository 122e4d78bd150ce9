package identicom.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import identicom.runtime.config.Key;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The keys that the values' schema offers are the programs', all of them, with the programs' own ranges. */
class SettingsTest {
    private static final JsonNode SCHEMA = Yaml.file(Chart.FOLDER.resolve("values.schema.json"));

    /** Where each program's own keys stand in the values. */
    private static final Map<String, String> PLACES = Map.of(
            "receiver", "/properties/stations/properties/settings",
            "alert-service", "/properties/services/properties/alert/properties/settings",
            "fleet-service", "/properties/services/properties/fleet/properties/settings",
            "log-service", "/properties/services/properties/log/properties/settings",
            "media-service", "/properties/services/properties/media/properties/settings");

    /** `migrate` makes the roles by the names that the programs have for them. */
    private static boolean isRole(Key<?> key) {
        return key.name().startsWith("database.") && key.name().endsWith(".user");
    }

    /** A station has no interface for people. */
    private static boolean isForPeople(Key<?> key) {
        return key.name().equals("http.secure-cookie") || key.name().equals("http.trusted-proxies");
    }

    /** Between the chart's pods the network policies are what protects; probes, scrapes and the ingress speak plainly. */
    private static boolean isForOtherInstallations(Key<?> key) {
        return key.name().equals("http.tls");
    }

    record Setting(String program, Key<?> key, JsonNode schema) {
        @Override
        public String toString() {
            return program + " " + key.name();
        }
    }

    static Stream<String> programs() {
        return PLACES.keySet().stream().sorted();
    }

    static Stream<Setting> settings() {
        return programs()
                .flatMap(program -> Programs.KEYS.get(program).stream()
                        .filter(key -> properties(program).has(key.name()))
                        .map(key -> new Setting(
                                program, key, resolved(properties(program).path(key.name())))));
    }

    @ParameterizedTest
    @MethodSource("programs")
    void everyKeyOfAProgramCanBeSetOrIsSetByTheChart(String program) {
        List<JsonNode> objects =
                Chart.site().and("stations: {trustedProxies: [10.0.0.0/8]}").objects();
        JsonNode workload = Rendered.workloads(objects).stream()
                .filter(one -> Rendered.process(one).equals(program))
                .findFirst()
                .orElseThrow();
        Set<String> byTheChart =
                new TreeSet<>(Environments.plain(workload, objects).keySet());
        byTheChart.addAll(Environments.secret(workload).keySet());

        assertThat(Programs.KEYS.get(program))
                .filteredOn(key -> !key.isFamily() && !isRole(key) && !isForOtherInstallations(key))
                .filteredOn(key -> !program.equals("receiver") || !isForPeople(key))
                .filteredOn(key -> !properties(program).has(key.name()))
                .extracting(Key::variable)
                .isSubsetOf(byTheChart);
    }

    @ParameterizedTest
    @MethodSource("programs")
    void everyKeyThatCanBeSetIsOneThatTheProgramReads(String program) {
        Set<String> read = Programs.KEYS.get(program).stream().map(Key::name).collect(Collectors.toSet());
        assertThat(properties(program).properties())
                .isNotEmpty()
                .extracting(Map.Entry::getKey)
                .isSubsetOf(read);
    }

    @Test
    void theKeysOfEveryProgramAreThoseThatAllOfThemRead() {
        JsonNode common = SCHEMA.at("/properties/settings/properties");
        assertThat(common.properties())
                .isNotEmpty()
                .allSatisfy(member -> assertThat(programs())
                        .allSatisfy(program -> assertThat(properties(program).has(member.getKey()))
                                .as(member.getKey() + " of " + program)
                                .isTrue()));
    }

    @Test
    void theSecretsAreTheProgramsSecrets() {
        Set<String> secrets = Programs.KEYS.values().stream()
                .flatMap(List::stream)
                .filter(Key::secret)
                .map(Key::name)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(SCHEMA.at("/properties/secrets/properties/values/properties").properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrderElementsOf(secrets);
    }

    @ParameterizedTest
    @MethodSource("settings")
    void theSchemaTakesWhatTheProgramTakes(Setting setting) {
        JsonNode schema = setting.schema();
        Key<?> key = setting.key();
        if (schema.has("minimum")) {
            long least = schema.path("minimum").asLong();
            long most = schema.path("maximum").asLong();
            for (long taken : new long[] {least, most, Long.parseLong(String.valueOf(key.defaultText()))}) {
                assertThat(taken).isBetween(least, most);
                assertThatCode(() -> key.parser().parse(Long.toString(taken))).doesNotThrowAnyException();
            }
            for (long refused : new long[] {least - 1, most + 1}) {
                assertThatThrownBy(() -> key.parser().parse(Long.toString(refused)))
                        .isInstanceOf(IllegalArgumentException.class);
            }
        } else if (schema.has("enum")) {
            assertThat(Rendered.items(schema.path("enum")).map(JsonNode::asText))
                    .contains(key.defaultText())
                    .allSatisfy(choice ->
                            assertThatCode(() -> key.parser().parse(choice)).doesNotThrowAnyException());
            assertThatThrownBy(() -> key.parser().parse("none of these")).hasMessageContaining("one of");
        } else if (schema.has("pattern")) {
            assertThat(key.defaultText()).matches(schema.path("pattern").asText());
            assertThatThrownBy(() -> key.parser().parse("5")).isInstanceOf(IllegalArgumentException.class);
        } else if (schema.path("type").asText().equals("boolean")) {
            assertThat(key.defaultText()).isIn("true", "false");
            assertThatThrownBy(() -> key.parser().parse("yes")).hasMessageContaining("true or false");
        } else {
            assertThat(schema.path("type").asText()).isEqualTo("string");
            assertThat(key.defaultText()).doesNotMatch("\\d+|true|false|\\d+(ms|s|m|h|d)");
        }
    }

    private static JsonNode properties(String program) {
        return SCHEMA.at(PLACES.get(program)).path("properties");
    }

    private static JsonNode resolved(JsonNode schema) {
        return schema.has("$ref") ? SCHEMA.at(schema.path("$ref").asText().substring(1)) : schema;
    }
}
