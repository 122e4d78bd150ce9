package identicom.mediaservice.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import identicom.mediaservice.MediaFixture;
import identicom.mediaservice.Shot;
import identicom.mediaservice.index.Adding;
import identicom.mediaservice.store.ContentHash;
import identicom.mediaservice.store.PictureStore.Deposit;
import identicom.runtime.process.Health;
import identicom.runtime.process.Metrics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files and rows as a process leaves them that is killed at each of its steps, and what a sweep makes of them. */
class SweepTest {
    private static final Shot SHOT = Shot.of("MAN-1", 1, 3_000, 1);
    private static final ConditionFactory SOON = await().atMost(Duration.ofSeconds(60));

    @TempDir
    private Path root;

    private MediaFixture media;

    @BeforeEach
    void open() throws Exception {
        media = new MediaFixture(root);
        media.sweep();
    }

    @AfterEach
    void close() {
        media.close();
    }

    private ContentHash hash() {
        return ContentHash.of(SHOT.content());
    }

    @Test
    void nothingWrongIsLeftAlone() throws Exception {
        media.take(SHOT.blocks(1));
        media.take(Shot.of("MAN-2", 2, 5_000, 2).blocks(1).subList(0, 2));
        assertThat(media.sweep()).isEqualTo(new Sweep.Result(0, 0, 0));
        assertThat(media.contents()).containsExactly(SHOT.sha256());
        assertThat(media.pictures()).hasSize(2);
        assertThat(media.parts()).isPositive();
    }

    @Test
    void killedBeforeTheRename() throws Exception {
        media.store().deposit().add(hash(), SHOT.content());
        Files.write(root.resolve("unfinished").resolve("half"), new byte[10]);
        assertThat(media.sweep()).isEqualTo(new Sweep.Result(2, 0, 0));
        assertThat(media.unfinished()).isZero();
    }

    @Test
    void killedBetweenTheRenameAndTheCommit() throws Exception {
        try (Deposit deposit = media.store().deposit()) {
            deposit.add(hash(), SHOT.content());
            deposit.commit();
        }
        assertThat(media.sweep()).isEqualTo(new Sweep.Result(0, 1, 0));
        assertThat(media.contents()).isEmpty();
        media.take(SHOT.blocks(1)); // the offsets were not committed either
        assertThat(media.contents()).containsExactly(SHOT.sha256());
    }

    @Test
    void killedAfterTheCommit() throws Exception {
        media.take(SHOT.blocks(1));
        media.take(SHOT.blocks(1)); // the offsets were not committed
        assertThat(media.sweep()).isEqualTo(new Sweep.Result(0, 0, 0));
        assertThat(media.pictures()).containsExactly("MAN-1 1 complete 3000 " + SHOT.sha256());
    }

    @Test
    void aMissingContentIsSaidAndNotClaimedAndComesAgainWithItsBlocks() throws Exception {
        media.take(SHOT.blocks(1));
        Files.delete(media.content(SHOT.sha256()));
        assertThat(media.sweep()).isEqualTo(new Sweep.Result(0, 0, 1));
        assertThat(media.pictures()).containsExactly("MAN-1 1 partial 0");
        assertThat(media.database().number("select count(*) from media.picture where lost_at is not null"))
                .isEqualTo(1);
        media.take(SHOT.blocks(1));
        assertThat(media.pictures()).containsExactly("MAN-1 1 complete 3000 " + SHOT.sha256());
        assertThat(media.database().number("select count(*) from media.picture where lost_at is not null"))
                .isZero();
    }

    @Test
    void aDamagedContentIsRemovedAndNotClaimed() throws Exception {
        media.take(SHOT.blocks(1));
        Files.write(media.content(SHOT.sha256()), new byte[2_999]);
        assertThat(media.sweep()).isEqualTo(new Sweep.Result(0, 0, 1));
        assertThat(media.pictures()).containsExactly("MAN-1 1 partial 0");
        assertThat(media.contents()).isEmpty();
    }

    @Test
    void aSweepWaitsForATransactionThatHasFoundItsContentInTheStore() throws Exception {
        try (Deposit killed = media.store().deposit()) {
            killed.add(hash(), SHOT.content());
            killed.commit();
        }
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            Future<Sweep.Result> sweep;
            try (Adding other = media.index().adding();
                    Deposit deposit = media.store().deposit()) {
                deposit.add(hash(), SHOT.content()); // is there already: nothing is written
                sweep = thread.submit(media::sweep);
                SOON.until(() -> media.database()
                                .number("select count(*) from pg_locks where locktype = 'advisory' and not granted")
                        == 1);
                deposit.commit();
                media.database().execute("""
                        insert into media.picture (serial, picture, taken_at, size, crc32, state, received, sha256)
                        values ('MAN-1', 1, now(), 3000, 1, 'complete', 3000, '\\x%s')""".formatted(SHOT.sha256()));
                other.commit();
            }
            assertThat(sweep.get()).isEqualTo(new Sweep.Result(0, 0, 0));
        }
        assertThat(media.contents()).containsExactly(SHOT.sha256());
    }

    @Test
    void theLossStandsInHealthAndMetrics() throws Exception {
        media.take(SHOT.blocks(1));
        Files.delete(media.content(SHOT.sha256()));
        Health health = new Health();
        try (Metrics metrics = new Metrics();
                SweepSchedule schedule = new SweepSchedule(media.sweeper(), Duration.ofHours(1), health, metrics)) {
            schedule.start();
            SOON.until(() -> health.states().get("media store").why().contains("1 pictures were lost"));
            assertThat(metrics.scrape())
                    .contains("identicom_media_sweeps_total 1.0", "identicom_media_pictures_lost_total 1.0");
        }
    }

    @Test
    void whileTheStoreIsAwayNothingIsTakenForLost() throws Exception {
        media.take(SHOT.blocks(1));
        Path away = root.resolveSibling(root.getFileName() + "-away");
        Files.move(root, away);
        Files.createDirectory(root);
        Health health = new Health();
        try (Metrics metrics = new Metrics();
                SweepSchedule schedule = new SweepSchedule(media.sweeper(), Duration.ofHours(1), health, metrics)) {
            schedule.start();
            SOON.until(() -> health.states().get("media store").why().contains("is the folder mounted?"));
        }
        Files.delete(root);
        Files.move(away, root);
        assertThat(media.pictures()).containsExactly("MAN-1 1 complete 3000 " + SHOT.sha256());
        assertThat(media.sweep()).isEqualTo(new Sweep.Result(0, 0, 0));
    }
}
