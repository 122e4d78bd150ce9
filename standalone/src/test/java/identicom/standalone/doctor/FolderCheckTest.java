package identicom.standalone.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FolderCheckTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "499999999, WRONG, 499 MB",
        "500000000, WARN, 500 MB",
        "4999999999, WARN, 5.0 GB",
        "5000000000, OK, 5.0 GB",
        "90000000000, OK, 90.0 GB"
    })
    void roomOnTheDisk(long bytes, Mark mark, String text) {
        Finding finding = new FolderCheck("data folder", "data", folder).space(bytes);

        assertThat(finding.mark()).isEqualTo(mark);
        assertThat(finding.found()).isEqualTo(text);
    }

    @Test
    void aFolderThatIsNotThereYetIsLookedAtByTheOneAboveAndNotMade() throws Exception {
        Path later = folder.resolve("a").resolve("b");

        assertThat(new FolderCheck("data folder", "data", later).find().getFirst())
                .isEqualTo(Finding.ok("data folder " + later, "is made at the start, in " + folder));
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFolderBelowAFileCannotBe() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));

        assertThat(new FolderCheck("data folder", "data", file.resolve("data")).find())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.mark()).isEqualTo(Mark.WRONG);
                    assertThat(finding.found()).isEqualTo(file + " is a file");
                });
    }
}
