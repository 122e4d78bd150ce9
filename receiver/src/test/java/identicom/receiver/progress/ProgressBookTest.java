package identicom.receiver.progress;

import static org.assertj.core.api.Assertions.assertThat;

import identicom.receiver.session.PicturePosition;
import identicom.schema.v1.PictureProgress;
import identicom.wire.message.PictureEntry;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class ProgressBookTest {
    private static final String SERIAL = "AB-1";
    private static final PictureEntry PICTURE = new PictureEntry(3, 0xffff_fff0L, 0xffff_fff1L, 0xffff_fff2L);

    private final ProgressBook book =
            new ProgressBook(new PictureSettings(1 << 20, 100, Duration.ofSeconds(1)), () -> true);

    private static PictureProgress progress(int reading, long offset, boolean corrupt) {
        return ProgressBook.progress(
                SERIAL, new PicturePosition(PICTURE, reading, offset, 0x8765_4321L, corrupt), "station", 5);
    }

    private static ConsumerRecord<byte[], byte[]> record(PictureProgress progress) {
        return new ConsumerRecord<>("t", 0, 0, progress.getIdentity().toByteArray(), progress.toByteArray());
    }

    @Test
    void whatWasWrittenIsReadBack() {
        book.apply(record(progress(2, 0xffff_0000L, false)));
        assertThat(book.position(SERIAL, PICTURE))
                .isEqualTo(new PicturePosition(PICTURE, 2, 0xffff_0000L, 0x8765_4321L, false));
    }

    @Test
    void anotherPictureBeginsAtItsStart() {
        book.apply(record(progress(1, 900, false)));
        PictureEntry later = new PictureEntry(3, PICTURE.size(), PICTURE.takenSeconds() + 1, PICTURE.crc32());
        assertThat(book.position(SERIAL, later)).isEqualTo(PicturePosition.start(later));
        assertThat(book.position("AB-2", PICTURE)).isEqualTo(PicturePosition.start(PICTURE));
    }

    @Test
    void theFurtherRecordCountsWhateverTheOrder() {
        book.note(progress(1, 0xffff_0000L, false));
        book.note(progress(1, 900, false));
        assertThat(book.position(SERIAL, PICTURE).offset()).isEqualTo(0xffff_0000L);
        book.note(progress(2, 0, false));
        assertThat(book.position(SERIAL, PICTURE).reading()).isEqualTo(2);
        book.note(progress(2, PICTURE.size(), true));
        book.note(progress(2, PICTURE.size(), false));
        assertThat(book.position(SERIAL, PICTURE).corrupt()).isTrue();
    }

    @Test
    void aTombstoneForgets() {
        book.note(progress(1, 900, false));
        book.apply(new ConsumerRecord<>(
                "t", 0, 0, ProgressBook.identity(SERIAL, PICTURE).toByteArray(), null));
        assertThat(book.position(SERIAL, PICTURE)).isEqualTo(PicturePosition.start(PICTURE));
    }

    @Test
    void whatCannotBeCountsAsNone() {
        book.apply(new ConsumerRecord<>("t", 0, 0, new byte[] {1}, new byte[] {-1, -1}));
        book.note(progress(3, 900, false));
        assertThat(book.position(SERIAL, PICTURE)).isEqualTo(PicturePosition.start(PICTURE));
        PictureEntry small = new PictureEntry(4, 10, 1, 1);
        book.note(ProgressBook.progress(SERIAL, new PicturePosition(small, 1, 11, 1, false), "station", 5));
        assertThat(book.position(SERIAL, small)).isEqualTo(PicturePosition.start(small));
    }
}
