package identicom.alertservice.escalation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AssignmentTest {

    private static final List<Assignment> ALL = List.of(
            new Assignment(null, null, "man-down", "kind"),
            new Assignment(null, "Leeds", null, "site"),
            new Assignment(null, "Leeds", "man-down", "site+kind"),
            new Assignment("MAN-1", null, null, "serial"),
            new Assignment("MAN-1", null, "man-down", "serial+kind"));

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "MAN-1, Leeds, man-down,  serial+kind",
                "MAN-1, Leeds, red-alert, serial",
                "MAN-1, -,     man-down,  serial+kind",
                "MAN-2, Leeds, man-down,  site+kind",
                "MAN-2, Leeds, red-alert, site",
                "MAN-2, York,  man-down,  kind",
                "-,     -,     man-down,  kind",
                "MAN-2, York,  red-alert, default",
                "-,     -,     red-alert, default"
            })
    void mostSpecificOneWinsInWhateverOrderTheyStand(String serial, String site, String kind, String policy) {
        List<Assignment> reversed = new ArrayList<>(ALL);
        Collections.reverse(reversed);

        assertThat(Assignment.choose(ALL, serial, site, kind)).isEqualTo(policy);
        assertThat(Assignment.choose(reversed, serial, site, kind)).isEqualTo(policy);
    }
}
