package identicom.wire.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import identicom.wire.Vector;
import identicom.wire.frame.Direction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FrameReportTest {
    private static final String IDENTIFICATION = "1e 81 4134373131 00000000000000 312e322e30 00 1e";
    private static final String MAN_DOWN = "1e 82 0000 0580 07000000 00b95569 3b 01 d067b31d5e d07fecff 53 b9 1e";

    @Test
    void showsEachFrameWithItsFields() {
        FrameReport report = FrameReport.ofHex(IDENTIFICATION + MAN_DOWN, Optional.empty());

        assertThat(report.exitStatus()).isZero();
        assertThat(report.text()).isEqualTo("""
                        byte 0: 81 identification, unit to station, 18 bytes of data
                          serial            A4711
                          software version  "1.2.0"
                        byte 21: 82 event log, unit to station, 24 bytes of data
                          remaining         0
                          log               5, pushed
                          entries           1
                            #7  2026-01-01T00:00:00Z  3b man down [critical]  position 51.5074000 -0.1278000  battery 83 %  signal -71 dBm
                        49 bytes, 2 frames, 0 faults
                        """);
    }

    @Test
    void pointsAtTheByteOfAFaultAndSaysWhy() {
        FrameReport report = FrameReport.ofHex("1e 84 01 00 00 00 00 1d 41 1e 00", Optional.empty());

        assertThat(report.exitStatus()).isEqualTo(1);
        assertThat(report.text()).isEqualTo("""
                        fault BAD_ESCAPE: bad escape at byte 8: 1d 41 (expected: 1d 5d or 1d 5e)
                            1e 84 01 00 00 00 00 1d 41 1e 00\s
                                                    ^^
                        2 bytes after it not read: the connection ends at a fault in framing
                        11 bytes, 0 frames, 1 fault
                        """);
    }

    @Test
    void goesOnAfterAFaultInAMessageSinceTheNextFrameIsKnown() {
        FrameReport report = FrameReport.ofHex("1e550a1e" + IDENTIFICATION, Optional.empty());

        assertThat(report.exitStatus()).isEqualTo(1);
        assertThat(report.text())
                .contains("fault UNKNOWN_TYPE: unknown type at byte 1: type 55")
                .contains("serial            A4711");
    }

    @Test
    void saysThatTheBytesEndWithinAFrame() {
        assertThat(FrameReport.ofHex("1e 81 41", Optional.empty()).text())
                .contains("fault CUT_OFF: cut off at byte 3")
                .contains("    1e 81 41 \n             ^^\n");
    }

    @Test
    void guessesTheDirectionByTheTypeAndHoldsToTheOneThatIsGiven() {
        String identify = "1e 01 1e";

        assertThat(FrameReport.ofHex(identify, Optional.empty()).faults()).isZero();
        assertThat(FrameReport.ofHex(identify, Optional.of(Direction.TO_UNIT)).faults())
                .isZero();
        assertThat(FrameReport.ofHex(identify, Optional.of(Direction.FROM_UNIT)).text())
                .contains("WRONG_DIRECTION");
    }

    @Test
    void readsACaptureOfRawBytesAndOneOfCommentedHex() {
        byte[] raw = {0x1e, 0x02, 7, 0, 0, 0, 0x1e};
        byte[] text = "# a request\n1e:02 07000000 # after 7\n1e\n".getBytes(StandardCharsets.US_ASCII);

        assertThat(FrameReport.ofCapture(raw, Optional.empty()).text()).contains("after             7");
        assertThat(FrameReport.ofCapture(text, Optional.empty()))
                .isEqualTo(FrameReport.ofCapture(raw, Optional.empty()));
    }

    @Test
    void textOfAPeerActsOnNoTerminal() {
        FrameReport report = FrameReport.ofHex("1e 04 01000000 04 41 1b 5b 32 4a 22 0a 1e", Optional.empty());

        assertThat(report.text())
                .contains("show message: \"A\\x1b[2J\\x22\\x0a\"")
                .doesNotContain("\u001b");
    }

    @Test
    void saysWhereHexIsNotHex() {
        assertThatThrownBy(() -> FrameReport.ofHex("1e 8g", Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("character 5 of the hex: 'g'");
        assertThatThrownBy(() -> FrameReport.ofHex("1e 8", Optional.empty())).hasMessageContaining("half a byte");
        assertThatThrownBy(() -> FrameReport.ofHex("1 e", Optional.empty())).hasMessageContaining("character 2");
    }

    @ParameterizedTest
    @MethodSource("identicom.wire.Vector#faulty")
    void findsTheFaultOfEveryVectorAtItsByte(Vector vector) {
        FrameReport report = FrameReport.of(vector.bytes(), Optional.of(vector.direction()));
        String[] fault = vector.decoded().getLast().split(" ", 3);

        assertThat(report.exitStatus()).isEqualTo(1);
        assertThat(report.text()).contains("fault " + fault[1] + ": ").contains(fault[2] + ": ");
    }
}
