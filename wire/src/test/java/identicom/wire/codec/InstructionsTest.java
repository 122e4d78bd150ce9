package identicom.wire.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import identicom.wire.codec.Instructions.Reading;
import identicom.wire.message.Command;
import identicom.wire.message.CommandResult;
import identicom.wire.message.Instruction;
import identicom.wire.message.Octets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class InstructionsTest {
    static Stream<Arguments> instructions() {
        return Stream.of(
                Arguments.of(new Instruction.SetCheckInInterval(1440), 0x01, "a005"),
                Arguments.of(new Instruction.TakePicture(), 0x02, ""),
                Arguments.of(new Instruction.ReportPosition(), 0x03, ""),
                Arguments.of(new Instruction.ShowMessage("Go home"), 0x04, "476f20686f6d65"),
                Arguments.of(new Instruction.ShowMessage("x".repeat(114)), 0x04, "78".repeat(114)),
                Arguments.of(new Instruction.SetClock(0xfffefdfcL), 0x05, "fcfdfeff"),
                Arguments.of(
                        new Instruction.FirmwareBegin("2.0", 65536, 0xcafebabeL), 0x10, "322e3000000000000100bebafeca"),
                Arguments.of(
                        new Instruction.FirmwareBlock(110, Octets.of(new byte[110])),
                        0x11,
                        "6e000000" + "00".repeat(110)),
                Arguments.of(new Instruction.FirmwareCommit(), 0x12, ""));
    }

    @ParameterizedTest
    @MethodSource("instructions")
    void eachHasItsOpcodeAndBytesAndIsReadBack(Instruction instruction, int opcode, String hex) {
        Command command = Instructions.command(9, instruction);

        assertThat(command).isEqualTo(new Command(9, opcode, Octets.ofHex(hex)));
        assertThat(Instructions.read(command)).isEqualTo(new Reading.Understood(instruction));
    }

    @ParameterizedTest
    @CsvSource({
        "1, ''",
        "1, 0000",
        "1, a105",
        "1, 010000",
        "2, 00",
        "3, 00",
        "4, ''",
        "4, 80",
        "5, 000000",
        "5, 0000000000",
        "16, 00",
        "16, 0102030405060000000000000000",
        "16, 0041000000000000000000000000",
        "17, 00000000",
        "18, 01"
    })
    void argumentsThatDoNotFitAreBad(int opcode, String hex) {
        assertThat(Instructions.read(new Command(1, opcode, Octets.ofHex(hex))))
                .isEqualTo(new Reading.Refused(CommandResult.BAD_ARGUMENTS));
    }

    @ParameterizedTest
    @CsvSource({"0", "6", "15", "19", "255"})
    void anOpcodeThatNoTableHasIsUnknown(int opcode) {
        assertThat(Instructions.read(new Command(1, opcode, Octets.EMPTY)))
                .isEqualTo(new Reading.Refused(CommandResult.UNKNOWN_OPCODE));
    }

    @Test
    void whatCannotBeSentCannotBeMade() {
        assertThatThrownBy(() -> new Instruction.SetCheckInInterval(1441)).hasMessageContaining("(expected: 1..1440)");
        assertThatThrownBy(() -> new Instruction.ShowMessage("")).hasMessageContaining("(expected: 1..114)");
        assertThatThrownBy(() -> new Instruction.ShowMessage("ü")).hasMessageContaining("(expected: ASCII)");
        assertThatThrownBy(() -> new Command(-1, 0, Octets.EMPTY)).hasMessageContaining("ticket: -1");
    }
}
