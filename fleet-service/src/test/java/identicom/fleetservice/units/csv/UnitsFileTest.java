package identicom.fleetservice.units.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import identicom.fleetservice.units.InvalidField;
import identicom.fleetservice.units.Unit;
import identicom.fleetservice.units.UnitState;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class UnitsFileTest {
    @Test
    void columnsStandInAnyOrderAndWhatIsAbsentOrEmptyTakesItsDefault() throws Exception {
        UnitsFile file = read("graceMinutes , state,serial\n7,,A-1\n,decommissioned, A-2 \n");
        assertThat(file.units())
                .containsExactly(
                        new Unit("A-1", "", "", "", 30, 7, UnitState.COMMISSIONED),
                        new Unit("A-2", "", "", "", 30, 5, UnitState.DECOMMISSIONED));
        assertThat(file.rejected()).isEmpty();
    }

    @Test
    void quotedValuesHoldCommasAndQuotes() throws Exception {
        UnitsFile file = read("serial,wearer\r\nA,\"Byron, \"\"Ada\"\"\"\r\n");
        assertThat(file.units()).extracting(Unit::wearer).containsExactly("Byron, \"Ada\"");
    }

    @Test
    void aQuoteThatIsNeverClosedCostsItsLineOnly() throws Exception {
        UnitsFile file = read("serial,wearer\nA,\"open\nB,fine\n");
        assertThat(file.units()).extracting(Unit::serial).containsExactly("B");
        assertThat(file.rejected()).extracting(UnitsFile.Rejected::line).containsExactly(2);
    }

    @Test
    void aLineThatIsTooLongOrNotUtf8CostsItselfOnly() throws Exception {
        String tooLong = "B," + "x".repeat(Lines.MAX_BYTES);
        byte[] bytes = ("serial,wearer\nA,Z\u00FC\n" + tooLong + "\nC,fine").getBytes(StandardCharsets.ISO_8859_1);
        UnitsFile file = UnitsFile.read(new ByteArrayInputStream(bytes), 100);
        assertThat(file.units()).extracting(Unit::serial).containsExactly("C");
        assertThat(file.rejected())
                .containsExactly(
                        new UnitsFile.Rejected(2, "line: not UTF-8 (expected: UTF-8, at most 8192 bytes)"),
                        new UnitsFile.Rejected(
                                3, "line: longer than 8192 bytes (expected: UTF-8, at most 8192 bytes)"));
    }

    @Test
    void theFirstGoodLineOfASerialIsTaken() throws Exception {
        UnitsFile file = read("serial,graceMinutes\nA,9999\nA,1\nA,2\n");
        assertThat(file.units()).extracting(Unit::graceMinutes).containsExactly(1);
        assertThat(file.rejected()).extracting(UnitsFile.Rejected::line).containsExactly(2, 4);
    }

    @Test
    void aReasonShowsNoControlCharactersAndLittleOfALongValue() throws Exception {
        UnitsFile file = read("serial\n\u001B[2J" + "y".repeat(500) + "\n");
        assertThat(file.rejected()).singleElement().satisfies(line -> {
            assertThat(line.reason()).doesNotContain("\u001B").hasSizeLessThan(150);
        });
    }

    /** U+009B begins an escape sequence as ESC [ does, and U+0085 ends a line. */
    @Test
    void theOtherSetOfControlCharactersIsNeitherTakenNorShown() throws Exception {
        UnitsFile file = read("serial,wearer\nA,x\u009B31mx\nB,x\u0085x\n");
        assertThat(file.units()).isEmpty();
        assertThat(file.rejected())
                .extracting(UnitsFile.Rejected::reason)
                .containsExactly(
                        "wearer: x\uFFFD31mx (expected: at most 200 printable characters)",
                        "wearer: x\uFFFDx (expected: at most 200 printable characters)");
    }

    @Test
    void aFileOfMoreLinesThanAreTakenIsRefusedAsAWhole() {
        assertThatThrownBy(() -> UnitsFile.read(
                        new ByteArrayInputStream("serial\nA\nB\nC\n".getBytes(StandardCharsets.UTF_8)), 3))
                .isInstanceOf(UnitsFile.TooManyLines.class);
    }

    @Test
    void aHeaderWithoutASerialIsRefused() {
        assertThatThrownBy(() -> read("wearer\nx\n"))
                .isInstanceOf(InvalidField.class)
                .hasMessage("header: wearer (expected: a column serial)");
    }

    private static UnitsFile read(String text) throws Exception {
        return UnitsFile.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), 1_000);
    }
}
