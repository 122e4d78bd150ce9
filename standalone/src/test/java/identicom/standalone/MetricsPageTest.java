package identicom.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Whether a running system serves what the page says is seen in {@link StandaloneTest}. */
class MetricsPageTest {
    @Test
    void everyMeterInTheSourcesHasItsRow() throws Exception {
        var rows = MetricsPage.rows();
        assertThat(MetricsPage.inSources())
                .hasSizeGreaterThan(50)
                .allSatisfy(name -> assertThat(rows)
                        .as(name)
                        .anyMatch(row -> row.matches(name + "(_seconds|_bytes|_records)?(_total)?")));
    }

    @Test
    void everyRowHasItsMeterInTheSources() throws Exception {
        var names = MetricsPage.inSources();
        assertThat(MetricsPage.rows())
                .doesNotHaveDuplicates()
                .allSatisfy(row -> assertThat(names)
                        .as(row)
                        .anyMatch(name -> row.matches(name + "(_seconds|_bytes|_records)?(_total)?")));
    }
}
