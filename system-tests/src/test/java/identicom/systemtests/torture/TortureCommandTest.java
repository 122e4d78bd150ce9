package identicom.systemtests.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code ./identicom torture}, as far as it gets without building. */
class TortureCommandTest {
    private static final Path SCRIPT =
            Path.of("..", "identicom").toAbsolutePath().normalize();
    private static final int LIMIT_S = 60;

    @TempDir
    private Path scratch;

    private record Ended(int code, String out, String err) {}

    private Ended torture(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(SCRIPT.toString(), "torture"));
        command.addAll(List.of(arguments));
        Path out = scratch.resolve("out");
        Path err = scratch.resolve("err");
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            assertThat(process.waitFor(LIMIT_S, TimeUnit.SECONDS)).isTrue();
            return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void itExplainsItself() throws Exception {
        Ended help = torture("--help");
        assertThat(help.code()).isZero();
        assertThat(help.out())
                .startsWith("Usage: identicom torture")
                .contains("--minutes", "--seed", "--brokers", "--pairs", "Exit codes:");
    }

    @Test
    void pairsChooseTheirBrokersThemselves() throws Exception {
        Ended refused = torture("--pairs", "--brokers", "3");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("--brokers: 3 (expected: not with --pairs");
    }

    @ParameterizedTest
    @CsvSource({
        "--minutes, 0, expected: 1 to 100000",
        "--minutes, ten, expected: 1 to 100000",
        "--seed, -1, expected: 1 to 999999999",
        "--brokers, 2, expected: 1 or 3",
        "--bricks, 3, '--minutes, --seed, --brokers, --pairs or --help'"
    })
    void whatItCannotUseIsRefused(String option, String value, String expected) throws Exception {
        Ended refused = torture(option, value);
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains(option, expected);
        assertThat(refused.out()).isEmpty();
    }
}
