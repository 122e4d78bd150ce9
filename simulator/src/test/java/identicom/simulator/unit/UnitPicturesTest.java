package identicom.simulator.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import identicom.wire.event.StandardEvent;
import identicom.wire.message.DeletePicture;
import identicom.wire.message.FromUnit;
import identicom.wire.message.ListPictures;
import identicom.wire.message.Octets;
import identicom.wire.message.PictureBlock;
import identicom.wire.message.PictureDeleted;
import identicom.wire.message.PictureEntry;
import identicom.wire.message.PictureError;
import identicom.wire.message.PictureList;
import identicom.wire.message.ReadPicture;
import identicom.wire.message.ToUnit;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitPicturesTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final byte[] NINE_BYTES = "123456789".getBytes(StandardCharsets.US_ASCII);
    private static final long CRC_OF_NINE_BYTES = 0xcbf43926L;

    private final SimulatedUnit unit = new SimulatedUnit("UNIT-1", "4.2.1", 7);

    @Test
    void aPictureIsListedWithSizeTimeAndCrcAndLogged() {
        int number = unit.take(NINE_BYTES, NOON);

        assertThat(listed()).containsExactly(new PictureEntry(number, 9, NOON.getEpochSecond(), CRC_OF_NINE_BYTES));
        assertThat(unit.journal().logged()).singleElement().satisfies(entry -> {
            assertThat(entry.event().type()).isEqualTo(StandardEvent.PICTURE_TAKEN.code());
            assertThat(entry.event().unitTimeSeconds()).isEqualTo(NOON.getEpochSecond());
        });
        assertThat(unit.urgent()).isFalse();
    }

    @Test
    void listsItsOldestSeventyThreeAndTheNextOnesAfterADelete() {
        List<Integer> numbers = IntStream.range(0, 80)
                .mapToObj(i -> unit.take(new byte[i], NOON.plusSeconds(i)))
                .toList();

        assertThat(listed()).extracting(PictureEntry::picture).isEqualTo(numbers.subList(0, 73));
        answer(new DeletePicture(numbers.get(5)));

        assertThat(listed()).extracting(PictureEntry::picture).hasSize(73).endsWith(numbers.get(73));
        assertThat(unit.heldPictureCount()).isEqualTo(79);
    }

    @Test
    void handsOutExactlyTheBytesAskedFor() {
        int number = unit.take(NINE_BYTES, NOON);

        assertThat(answer(new ReadPicture(number, 0, 9))).isEqualTo(new PictureBlock(number, 0, Octets.of(NINE_BYTES)));
        assertThat(answer(new ReadPicture(number, 7, 2)))
                .isEqualTo(new PictureBlock(number, 7, Octets.of((byte) '8', (byte) '9')));
    }

    @ParameterizedTest
    @CsvSource({"9, 1", "8, 2", "0, 10", "4294967295, 1018"})
    void refusesWhatLiesOutsideThePicture(long offset, int length) {
        int number = unit.take(NINE_BYTES, NOON);

        assertThat(answer(new ReadPicture(number, offset, length)))
                .isEqualTo(new PictureError(number, PictureError.OUT_OF_RANGE));
    }

    @Test
    void anEmptyPictureHasNoByteToRead() {
        int number = unit.take(new byte[0], NOON);

        assertThat(listed()).containsExactly(new PictureEntry(number, 0, NOON.getEpochSecond(), 0));
        assertThat(answer(new ReadPicture(number, 0, 1)))
                .isEqualTo(new PictureError(number, PictureError.OUT_OF_RANGE));
    }

    @Test
    void aDeletedPictureIsGoneAndRemembered() {
        int first = unit.take(NINE_BYTES, NOON);
        int second = unit.take(new byte[3], NOON);

        assertThat(answer(new DeletePicture(first))).isEqualTo(new PictureDeleted(first));

        assertThat(answer(new DeletePicture(first))).isEqualTo(new PictureError(first, PictureError.NO_SUCH_PICTURE));
        assertThat(answer(new ReadPicture(first, 0, 1)))
                .isEqualTo(new PictureError(first, PictureError.NO_SUCH_PICTURE));
        Journal journal = unit.journal();
        assertThat(journal.pictures()).extracting(TakenPicture::number).containsExactly(first, second);
        assertThat(journal.deletedPictures()).extracting(TakenPicture::content).containsExactly(Octets.of(NINE_BYTES));
        assertThat(journal.heldPictures()).extracting(TakenPicture::number).containsExactly(second);
    }

    @Test
    void aFullMemoryTakesNoPictureUntilOneIsDeleted() {
        IntStream.range(0, UnitPictures.CAPACITY).forEach(i -> unit.take(NINE_BYTES, NOON));

        assertThatThrownBy(() -> unit.take(NINE_BYTES, NOON)).hasMessageContaining("expected: at most 1000");
        answer(new DeletePicture(1));

        assertThat(unit.take(NINE_BYTES, NOON)).isEqualTo(UnitPictures.CAPACITY + 1);
    }

    private FromUnit answer(ToUnit request) {
        return unit.answer(request).orElseThrow();
    }

    private List<PictureEntry> listed() {
        return ((PictureList) answer(new ListPictures())).pictures();
    }
}
