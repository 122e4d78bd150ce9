package identicom.receiver.server;

import static identicom.receiver.server.Said.identification;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import identicom.receiver.progress.PictureSettings;
import identicom.receiver.progress.ProgressBook;
import identicom.wire.message.EventLog;
import identicom.wire.message.ListPictures;
import identicom.wire.message.ReadEventLog;
import identicom.wire.message.ReadPicture;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pictures over a real socket, what is behind the station being under the test's hand. */
class SessionPicturesTest {
    private static final int SIZE = 30 * 1018;

    private final AtomicBoolean caughtUp = new AtomicBoolean(true);
    private FakeStation station = new FakeStation(book(Duration.ofSeconds(20)));

    private ProgressBook book(Duration patience) {
        return new ProgressBook(new PictureSettings(100_000, 100, patience), caughtUp::get);
    }

    @AfterEach
    void close() {
        station.close();
    }

    private static Album album() {
        return new Album().take(1, Album.bytes(SIZE));
    }

    private Album converse(Album album, int reads) {
        try (RawUnit unit = new RawUnit(station.port())) {
            return album.converse(unit.send(identification("AB-1")), reads);
        }
    }

    private static void untilList(RawUnit unit) {
        assertThat(unit.send(identification("AB-1")).next()).isEqualTo(new ReadEventLog(0));
        assertThat(unit.send(new EventLog(0, false, Said.LOG, List.of())).next())
                .isEqualTo(new ListPictures());
    }

    @Test
    void aPictureIsPublishedItsProgressToldAndItsEndToo() {
        Album album = converse(album(), 1_000);
        assertThat(album.pictures).isEmpty();
        assertThat(station.pictures)
                .hasSize(30)
                .allMatch(block -> !block.getSessionId().isEmpty());
        assertThat(station.progress)
                .extracting(progress -> progress.getDurableOffset() / 1018)
                .containsExactly(8, 16, 24);
        assertThat(station.gone).containsExactly(station.pictures.getFirst().getIdentity());
    }

    @Test
    void aCutOffPictureGoesOnAtOnceWhereItsLastBlockWasDurable() {
        Album album = converse(album(), 13);
        await().until(() -> station.progress.size() == 2);
        converse(album, 1_000);
        assertThat(album.pictures).isEmpty();
        assertThat(album.reads).hasSizeBetween(30, 30 + 8);
    }

    @Test
    void aSessionWaitsForAStationThatDoesNotKnowTheProgressYet() {
        Album album = converse(album(), 13);
        await().until(() -> station.progress.size() == 2);
        caughtUp.set(false);
        try (RawUnit unit = new RawUnit(station.port())) {
            untilList(unit);
            unit.send(album.list());
            caughtUp.set(true);
            assertThat(unit.next())
                    .isInstanceOfSatisfying(
                            ReadPicture.class, read -> assertThat(read.offset()).isGreaterThanOrEqualTo(8 * 1018));
        }
    }

    @Test
    void aStationThatDoesNotComeToKnowReadsFromTheStart() {
        station.close();
        caughtUp.set(false);
        station = new FakeStation(book(Duration.ofMillis(250)));
        Album album = converse(album(), 1_000);
        assertThat(album.pictures).isEmpty();
        assertThat(album.reads).hasSize(30);
    }

    @Test
    void whileItsPictureQueueIsCrowdedAStationAsksForNoBlock() {
        station.picturesFull = true;
        try (RawUnit unit = new RawUnit(station.port())) {
            Album album = album();
            untilList(unit);
            unit.send(album.list());
            await().during(Duration.ofMillis(300)).until(station.pictures::isEmpty);
            station.picturesFull = false;
            station.changed();
            assertThat(unit.next()).isEqualTo(new ReadPicture(1, 0, 1018));
        }
    }
}
