package identicom.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ./identicom image}, as far as it gets without building. */
class ImageCommandTest {
    private static final Path SCRIPT =
            Path.of("..", "identicom").toAbsolutePath().normalize();

    @TempDir
    Path scratch;

    @Test
    void itExplainsItself() throws Exception {
        try (Program help = image("--help")) {
            assertThat(help.awaitExit()).isZero();
            assertThat(help.out())
                    .startsWith("Usage: identicom image")
                    .contains("--base")
                    .contains("--push");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "example.org/java:25", "example.org/java@sha256:ab", "java"})
    void aBaseIsNamedByItsDigest(String base) throws Exception {
        try (Program refused = image("--base", base)) {
            assertThat(refused.awaitExit()).isEqualTo(2);
            assertThat(refused.err()).contains("--base: ").contains("expected: REGISTRY/NAME@sha256:");
            assertThat(refused.out()).isEmpty();
        }
    }

    @Test
    void whatItDoesNotKnowIsRefused() throws Exception {
        try (Program refused = image("--bass", "x")) {
            assertThat(refused.awaitExit()).isEqualTo(2);
            assertThat(refused.err()).contains("--bass").contains("--base, --push or --help");
        }
        try (Program refused = image("--push", "identicom")) {
            assertThat(refused.awaitExit()).isEqualTo(2);
            assertThat(refused.err()).contains("--push: identicom (expected: REGISTRY/NAME:TAG)");
        }
    }

    private Program image(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(SCRIPT.toString(), "image"));
        command.addAll(List.of(arguments));
        return Program.start(scratch, command);
    }
}
