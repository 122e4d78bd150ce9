package identicom.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import identicom.runtime.config.Configuration;
import identicom.runtime.config.Key;
import identicom.runtime.kafka.Clusters;
import identicom.standalone.process.ProcessKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What docs/operations tells people to type is there. */
class OperationsPagesTest {
    private static final Path PAGES = Path.of("../docs/operations");
    private static final Pattern COMMAND = Pattern.compile("\\./identicom +([a-z][a-z-]*)([^`\\n#|]*)");
    private static final Pattern OPTION = Pattern.compile("(?<= )--[a-z-]+");
    private static final Pattern VARIABLE = Pattern.compile("\\bIDENTICOM_[A-Z0-9_]*[A-Z0-9]\\b(?!…)");
    private static final Pattern PROPERTIES =
            Pattern.compile("```\\n# /etc/identicom/identicom\\.properties\\n(.*?)```", Pattern.DOTALL);

    /** What the script at the root does by itself, and how any variable is made of its key. */
    private static final List<String> OTHERS = List.of("test", "image", "IDENTICOM_JAVA_OPTIONS", "IDENTICOM_A_B_C");

    @TempDir
    private Path folder;

    static Stream<Path> pages() throws IOException {
        try (Stream<Path> pages = Files.list(PAGES)) {
            return pages.filter(page -> page.toString().endsWith(".md")).sorted().toList().stream();
        }
    }

    private static Stream<MatchResult> in(Path page, Pattern pattern) throws IOException {
        return pattern.matcher(Files.readString(page)).results();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyCommandAndEveryOptionExists(Path page) throws IOException {
        Map<String, CommandLine> commands = Identicom.commandLine().getSubcommands();
        assertThat(in(page, COMMAND).filter(command -> !OTHERS.contains(command.group(1))))
                .allSatisfy(typed -> {
                    CommandLine command = commands.get(typed.group(1));
                    assertThat(command).as(typed.group()).isNotNull();
                    CommandLine innermost = command.getSubcommands().values().stream()
                            .findFirst()
                            .orElse(command);
                    assertThat(OPTION.matcher(typed.group(2)).results().map(MatchResult::group))
                            .as(typed.group())
                            .isSubsetOf(innermost.getCommandSpec().optionsMap().keySet());
                });
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyVariableSetsAKey(Path page) throws IOException {
        List<Key<?>> keys = ProcessKeys.all();
        assertThat(in(page, VARIABLE).map(MatchResult::group).filter(variable -> !OTHERS.contains(variable)))
                .allMatch(variable -> keys.stream()
                        .anyMatch(key -> key.isFamily()
                                ? variable.startsWith(key.variable())
                                : variable.equals(key.variable())));
    }

    @Test
    void theInstallationsConfigurationIsTaken() throws Exception {
        String text = in(PAGES.resolve("install.md"), PROPERTIES)
                .map(block -> block.group(1))
                .findFirst()
                .orElseThrow();
        Path file = Files.writeString(folder.resolve("identicom.properties"), text);
        Configuration configuration = Configuration.load(file, Map.of(), ProcessKeys.all());
        assertThat(configuration.text("database.event-log.url")).isEqualTo(configuration.text("database.fleet.url"));
        assertThatCode(() -> Clusters.from(configuration)).doesNotThrowAnyException();
    }
}
