package identicom.mediaservice.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import identicom.mediaservice.MediaFixture;
import identicom.mediaservice.Shot;
import identicom.mediaservice.store.ContentHash;
import identicom.mediaservice.store.PictureStore;
import identicom.runtime.kafka.PoisonException;
import identicom.runtime.kafka.RetriableStorageException;
import identicom.schema.v1.PictureBlock;
import identicom.schema.v1.PictureIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PictureIntakeTest {
    @TempDir
    private Path root;

    private MediaFixture media;

    @BeforeEach
    void open() throws Exception {
        media = new MediaFixture(root);
    }

    @AfterEach
    void close() {
        media.close();
    }

    private void assertComplete(Shot... shots) throws Exception {
        assertThat(media.pictures())
                .containsExactlyElementsOf(Stream.of(shots)
                        .map(shot -> "%s %d complete %d %s"
                                .formatted(shot.serial(), shot.number(), shot.content().length, shot.sha256()))
                        .toList());
        assertThat(media.contents())
                .containsExactlyElementsOf(
                        Stream.of(shots).map(Shot::sha256).distinct().sorted().toList());
        for (Shot shot : shots) {
            assertThat(media.content(shot.sha256())).hasBinaryContent(shot.content());
        }
        assertThat(media.parts()).isZero();
        assertThat(media.unfinished()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1018, 1019, 60_000, 1_000_000})
    void aPictureInOneBatchIsStoredByteForByte(int size) throws Exception {
        Shot shot = Shot.of("MAN-1", 1, size, size);
        media.take(shot.blocks(1));
        assertComplete(shot);
    }

    @Test
    void eachBlockTellsHowLongItTook() throws Exception {
        Shot shot = Shot.of("MAN-1", 1, 3_000, 1);
        media.take(shot.blocks(1));
        assertThat(media.metrics()
                        .registry()
                        .get("identicom.end.to.end")
                        .tag("class", "picture")
                        .timer()
                        .count())
                .isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void anyOrderWithRepetitionsOverRestartsGivesEveryPictureOnce(long seed) throws Exception {
        Random random = new Random(seed);
        List<Shot> shots = new ArrayList<>();
        List<PictureBlock> blocks = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            Shot shot = Shot.of("MAN-" + (10 + i / 3), i, random.nextInt(1, 20_000), seed * 100 + i);
            shots.add(shot);
            int wrongFirst = random.nextInt(3);
            blocks.addAll(
                    wrongFirst == 0 ? shot.wrongBlocks(1, random.nextInt(shot.content().length)) : shot.blocks(1));
            blocks.addAll(wrongFirst == 0 ? shot.blocks(2) : List.of());
        }
        List<PictureBlock> delivered = new ArrayList<>(blocks);
        for (int i = 0; i < blocks.size() / 2; i++) {
            delivered.add(blocks.get(random.nextInt(blocks.size())));
        }
        Collections.shuffle(delivered, random);
        for (int from = 0; from < delivered.size(); ) {
            int to = Math.min(delivered.size(), from + random.nextInt(1, 60));
            media.take(delivered.subList(from, to));
            from = random.nextInt(4) == 0 ? from : to; // now and then the offsets were not committed
        }
        assertComplete(shots.toArray(Shot[]::new));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void blocksOfAnyLengthThatOverlapAreOnePicture(long seed) throws Exception {
        Random random = new Random(seed);
        Shot shot = Shot.of("MAN-1", 1, 5_000, seed);
        media.take(shot.block(1, 4_000, 5_000));
        for (int i = 0; i < 30; i++) {
            int from = random.nextInt(4_900);
            media.take(shot.block(1, from, from + random.nextInt(1, 100)));
            assertThat(media.database().number("select coalesce(sum(length), 0) from media.part"))
                    .isLessThanOrEqualTo(5_000);
        }
        media.take(shot.block(1, 0, 4_500));
        assertComplete(shot);
    }

    @Test
    void aBlockThatWasReadAgainReplacesWhatWasReadBefore() throws Exception {
        Shot shot = Shot.of("MAN-1", 1, 3_000, 1);
        List<PictureBlock> flawed = shot.wrongBlocks(1, 1_500);
        media.take(flawed.get(0), flawed.get(1));
        media.take(shot.block(1, 1018, 2036));
        media.take(shot.block(1, 2036, 3_000));
        assertComplete(shot);
    }

    @Test
    void whatIsMissingIsSaid() throws Exception {
        Shot shot = Shot.of("MAN-1", 1, 5_000, 1);
        media.take(shot.blocks(1).get(0), shot.blocks(1).get(1), shot.blocks(1).get(3));
        assertThat(media.pictures()).containsExactly("MAN-1 1 partial 2036");
        assertThat(media.contents()).isEmpty();
    }

    @Test
    void aWrongCrcAtTheFirstReadingWaitsForTheSecond() throws Exception {
        Shot shot = Shot.of("MAN-1", 1, 5_000, 1);
        media.take(shot.wrongBlocks(1, 4_000));
        assertThat(media.pictures()).containsExactly("MAN-1 1 partial 5000");
        assertThat(media.contents()).isEmpty();
        media.take(shot.blocks(2).subList(0, 2));
        assertThat(media.pictures()).containsExactly("MAN-1 1 partial 5000");
        media.take(shot.blocks(2).subList(2, 5));
        assertComplete(shot);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void wrongTwiceIsKeptAsCorruptInAnyOrderAndOverARepetition(long seed) throws Exception {
        Shot shot = Shot.of("MAN-1", 1, 5_000, 1);
        List<PictureBlock> blocks = new ArrayList<>(shot.wrongBlocks(1, 100));
        blocks.addAll(Shot.declaredCorrupt(shot.wrongBlocks(2, 200)));
        Collections.shuffle(blocks, new Random(seed));
        media.take(blocks.subList(0, 4));
        media.take(blocks.subList(4, blocks.size()));
        byte[] read = shot.content().clone();
        read[200] ^= 0x40;
        Shot kept = new Shot("MAN-1", 1, shot.takenS(), read);
        for (int time = 0; time < 2; time++) {
            assertThat(media.pictures()).containsExactly("MAN-1 1 corrupt 5000 " + kept.sha256());
            assertThat(media.contents()).containsExactly(kept.sha256());
            assertThat(media.content(kept.sha256())).hasBinaryContent(read);
            media.take(blocks);
        }
        assertThat(media.parts()).isZero();
    }

    @Test
    void aCorruptPictureThatIsReadOnceMoreAndRightIsComplete() throws Exception {
        Shot shot = Shot.of("MAN-1", 1, 5_000, 1);
        media.take(Shot.declaredCorrupt(shot.wrongBlocks(2, 200)));
        media.take(shot.blocks(1).subList(0, 3));
        assertThat(media.pictures()).singleElement().asString().startsWith("MAN-1 1 corrupt 5000");
        media.take(shot.blocks(1).subList(3, 5));
        media.sweep();
        assertComplete(shot);
    }

    @Test
    void aPictureOfNoBytesIsComplete() throws Exception {
        Shot shot = Shot.of("MAN-1", 1, 0, 1);
        media.take(shot.bare().build(), shot.bare().build());
        assertComplete(shot);
    }

    @Test
    void onePictureThatIsTooLargeIsRecordedOnceWhateverItsSize() throws Exception {
        Shot shot = Shot.of("MAN-1", 1, 10, 1);
        PictureBlock tooLarge = shot.bare()
                .setIdentity(shot.identity().toBuilder().setSize(-1))
                .setTooLarge(true)
                .build();
        media.take(tooLarge);
        media.take(tooLarge, tooLarge);
        assertThat(media.pictures()).containsExactly("MAN-1 1 too-large 0");
        assertThat(media.database().column("select size from media.picture")).containsExactly("4294967295");
    }

    @Test
    void aLimitThatWasRaisedMakesATooLargePictureComplete() throws Exception {
        Shot shot = Shot.of("MAN-1", 1, 3_000, 1);
        media.take(shot.bare().setTooLarge(true).build());
        media.take(shot.blocks(1).subList(0, 1));
        assertThat(media.pictures()).containsExactly("MAN-1 1 partial 1018");
        media.take(shot.blocks(1).subList(1, 3));
        assertComplete(shot);
    }

    @Test
    void theSameContentOfTwoUnitsStandsInTheStoreOnce() throws Exception {
        Shot one = Shot.of("MAN-1", 1, 3_000, 1);
        Shot other = new Shot("MAN-2", 1, one.takenS(), one.content());
        media.take(one.blocks(1));
        media.take(other.blocks(1));
        assertComplete(one, other);
    }

    @Test
    void twoInstancesThatReadTheSameBlocksAtOnceMakeEachPictureOnce() throws Exception {
        List<Shot> shots = new ArrayList<>();
        List<PictureBlock> blocks = new ArrayList<>();
        for (int i = 10; i < 30; i++) {
            Shot shot = Shot.of("MAN-" + i, i, 4_000, i);
            shots.add(shot);
            blocks.addAll(shot.blocks(1));
        }
        Collections.shuffle(blocks, new Random(1));
        PictureIntake[] instances = {media.intake(), media.intake()};
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<Callable<Void>> work = Stream.of(instances)
                    .map(instance -> (Callable<Void>) () -> {
                        for (int from = 0; from < blocks.size(); from += 10) {
                            instance.handle(Shot.batch(blocks.subList(from, Math.min(blocks.size(), from + 10))));
                        }
                        return null;
                    })
                    .toList();
            for (Future<Void> done : threads.invokeAll(work)) {
                done.get();
            }
        }
        assertComplete(shots.toArray(Shot[]::new));
    }

    static Stream<PictureBlock> poison() {
        Shot shot = Shot.of("MAN-1", 1, 3_000, 1);
        PictureBlock good = shot.blocks(1).get(0);
        PictureIdentity identity = shot.identity();
        return Stream.of(
                good.toBuilder().clearIdentity().build(),
                good.toBuilder().setOffset(3_000).build(),
                good.toBuilder().setOffset(-1).build(),
                good.toBuilder().setOffset(2_500).build(),
                good.toBuilder().setReading(3).build(),
                good.toBuilder().setReading(0).build(),
                good.toBuilder().setTooLarge(true).build(),
                good.toBuilder()
                        .setIdentity(identity.toBuilder().setSize(MediaFixture.MAX_PICTURE_BYTES + 1))
                        .build(),
                good.toBuilder().setIdentity(identity.toBuilder().setSize(-1)).build(),
                good.toBuilder()
                        .setIdentity(identity.toBuilder().setPicture(65_536))
                        .build(),
                good.toBuilder()
                        .setIdentity(identity.toBuilder().setSerial("../etc"))
                        .build(),
                good.toBuilder()
                        .setIdentity(identity.toBuilder().setSerial("A\0"))
                        .build(),
                shot.bare()
                        .setIdentity(identity.toBuilder().setSize(0))
                        .setData(ByteString.copyFrom(new byte[1]))
                        .build());
    }

    @ParameterizedTest
    @MethodSource
    void poison(PictureBlock block) throws Exception {
        Shot shot = Shot.of("MAN-1", 1, 500, 1);
        List<PictureBlock> batch = new ArrayList<>(shot.blocks(1));
        batch.add(block);
        assertThatThrownBy(() -> media.take(batch))
                .isInstanceOfSatisfying(
                        PoisonException.class,
                        e -> assertThat(e.record().offset()).isEqualTo(1));
        assertThat(media.pictures()).isEmpty();
    }

    @Test
    void bytesThatAreNoBlockArePoison() {
        byte[] garbage = {(byte) 0xff, 1, 2};
        assertThatThrownBy(() -> media.intake().handle(List.of(Shot.record(0, garbage))))
                .isInstanceOf(PoisonException.class)
                .hasMessageContaining("cannot be decoded");
    }

    /** Writes nothing from a chosen deposit on. */
    private static final class FullStore extends StoreDouble {
        FullStore(PictureStore store) {
            super(store);
        }

        @Override
        public Deposit deposit() {
            Deposit real = super.deposit();
            return new Deposit() {
                @Override
                public void add(ContentHash hash, byte[] content) throws IOException {
                    real.add(hash, content);
                }

                @Override
                public void commit() throws IOException {
                    throw new IOException("No space left on device");
                }

                @Override
                public void close() {
                    real.close();
                }
            };
        }
    }

    @Test
    void aStoreThatCannotBeWrittenIsTriedAgainAndNoRowSpeaksOfIt() throws Exception {
        Shot shot = Shot.of("MAN-1", 1, 3_000, 1);
        assertThatThrownBy(() -> media.intake(new FullStore(media.store())).handle(Shot.batch(shot.blocks(1))))
                .isInstanceOf(RetriableStorageException.class);
        assertThat(media.pictures()).isEmpty();
        assertThat(media.unfinished()).isZero();
        media.take(shot.blocks(1));
        assertComplete(shot);
    }

    @Test
    void aStoreOfAnotherIndexIsNotTouched() throws Exception {
        Shot shot = Shot.of("MAN-1", 1, 3_000, 1);
        media.take(shot.blocks(1));
        Path marker = root.resolve("STORE");
        String id = Files.readString(marker);
        Files.delete(marker);
        assertThatThrownBy(() -> media.take(Shot.of("MAN-2", 1, 10, 2).blocks(1)))
                .isInstanceOf(RetriableStorageException.class)
                .hasMessageContaining("is the folder mounted?");
        assertThatThrownBy(() -> media.sweep()).hasMessageContaining("is the folder mounted?");
        Files.writeString(marker, id);
        assertComplete(shot);
    }

    @Test
    void anEmptyIndexDoesNotClaimAStoreThatHoldsPictures() throws Exception {
        Shot shot = Shot.of("MAN-1", 1, 3_000, 1);
        media.take(shot.blocks(1));
        try (MediaFixture other = new MediaFixture(root)) {
            assertThatThrownBy(other::sweep).hasMessageContaining("expected: an empty store");
        }
        assertComplete(shot);
    }
}
