package identicom.receiver.session;

import static identicom.receiver.session.PictureUnit.bytes;
import static identicom.receiver.session.PictureUnit.entry;
import static org.assertj.core.api.Assertions.assertThat;

import identicom.receiver.session.SessionState.Lingering;
import identicom.wire.message.DeletePicture;
import identicom.wire.message.ListPictures;
import identicom.wire.message.Octets;
import identicom.wire.message.PictureBlock;
import identicom.wire.message.PictureEntry;
import identicom.wire.message.PictureError;
import identicom.wire.message.PictureList;
import identicom.wire.message.ReadEventLog;
import identicom.wire.message.ReadPicture;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a station does with a unit's pictures when nothing fails but what the unit says. */
class PictureReadingTest {
    private static byte[] content(List<Effect.PublishPicture> published) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        published.forEach(piece -> {
            assertThat(piece.offset()).isEqualTo(all.size());
            all.writeBytes(piece.data().toArray());
        });
        return all.toByteArray();
    }

    @Test
    void aUnitWithoutPicturesIsAskedOnceAndItsLogIsNotReadAgain() {
        PictureSession s = new PictureSession(new PictureUnit()).run();
        assertThat(s.requests).containsExactly(new ReadEventLog(0), new ListPictures());
        assertThat(s.reason()).isEqualTo(EndReason.COMPLETE);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1017, 1018, 1019, 8 * 1018, 8 * 1018 + 1, 60_000, 100_000})
    void aPictureIsReadBlockByBlockThenDeletedAndTheLogIsReadOnceMore(int size) {
        PictureUnit unit = PictureUnit.with(size);
        PictureEntry picture = unit.entry(1);
        PictureSession s = new PictureSession(unit).run();
        assertThat(content(s.published)).isEqualTo(bytes(size));
        assertThat(s.published).allMatch(p -> p.reading() == 1 && !p.corrupt() && !p.tooLarge());
        assertThat(s.requests(ReadPicture.class)).hasSize((size + 1017) / 1018);
        assertThat(s.requests(ReadPicture.class).getLast().length()).isEqualTo((size - 1) % 1018 + 1);
        assertThat(s.requests).endsWith(new DeletePicture(1), new ReadEventLog(0));
        assertThat(unit.pictures).isEmpty();
        assertThat(s.forgotten).containsExactly(picture);
        assertThat(s.book).isEmpty();
        assertThat(s.outcomes).containsExactly(PictureOutcome.READ, PictureOutcome.DELETED);
        assertThat(s.reason()).isEqualTo(EndReason.COMPLETE);
    }

    @Test
    void everyEightBlocksAProgressRecordTellsWhatIsDurable() {
        PictureSession s = new PictureSession(PictureUnit.with(20 * 1018)).run();
        assertThat(s.saved).extracting(PicturePosition::offset).containsExactly(8 * 1018L, 16 * 1018L);
        assertThat(s.saved.getFirst().crc()).isEqualTo(Crc32.of(0, firstBytes(20 * 1018, 8 * 1018)));
    }

    private static Octets firstBytes(int size, int count) {
        return Octets.of(java.util.Arrays.copyOf(bytes(size), count));
    }

    @Test
    void aPictureOfNoBytesIsRecordedAndThenDeleted() {
        PictureSession s = new PictureSession(PictureUnit.with(0));
        s.acknowledging = record -> false;
        s.run();
        assertThat(s.published)
                .singleElement()
                .satisfies(piece -> assertThat(piece.data()).isEqualTo(Octets.EMPTY));
        assertThat(s.requests(DeletePicture.class)).isEmpty();
        s.acknowledgeOwed();
        assertThat(s.requests(DeletePicture.class)).containsExactly(new DeletePicture(1));
        assertThat(s.requests(ReadPicture.class)).isEmpty();
        assertThat(s.outcomes).containsExactly(PictureOutcome.EMPTY, PictureOutcome.DELETED);
    }

    @Test
    void aPictureAboveTheLimitIsRecordedAndLeft() {
        PictureSession s = new PictureSession(PictureUnit.with(100_001, 5)).run();
        assertThat(s.published.getFirst().tooLarge()).isTrue();
        assertThat(s.published.getFirst().data()).isEqualTo(Octets.EMPTY);
        assertThat(s.requests(ReadPicture.class)).containsExactly(new ReadPicture(2, 0, 5));
        assertThat(s.requests(DeletePicture.class)).containsExactly(new DeletePicture(2));
        assertThat(s.reason()).isEqualTo(EndReason.COMPLETE);
    }

    @Test
    void aWrongCrcIsReadOnceMoreFromTheStartAndThenDeleted() {
        PictureSession s = new PictureSession(PictureUnit.with(3_000));
        boolean[] flipped = new boolean[1];
        s.line = (request, answer) -> answer instanceof PictureBlock block && block.offset() == 1018 && !flipped[0]
                ? flip(block, flipped)
                : answer;
        s.run();
        assertThat(s.offsets()).containsExactly(0L, 1018L, 2036L, 0L, 1018L, 2036L);
        assertThat(content(s.published.subList(3, 6))).isEqualTo(bytes(3_000));
        assertThat(s.published).extracting(Effect.PublishPicture::reading).containsExactly(1, 1, 1, 2, 2, 2);
        assertThat(s.published).noneMatch(Effect.PublishPicture::corrupt);
        assertThat(s.unit.pictures).isEmpty();
    }

    private static PictureBlock flip(PictureBlock block, boolean[] flipped) {
        flipped[0] = true;
        byte[] bytes = block.data().toArray();
        bytes[7] ^= 4;
        return new PictureBlock(block.picture(), block.offset(), Octets.of(bytes));
    }

    @Test
    void aCrcWrongTwiceIsKeptAsCorruptLeftOnTheUnitAndNeverReadAgain() {
        PictureEntry lie = new PictureEntry(1, 3_000, 5, 0x1234);
        PictureUnit unit = new PictureUnit().holding(lie, bytes(3_000)).holding(entry(2, bytes(4)), bytes(4));
        PictureSession s = new PictureSession(unit).run();
        assertThat(s.offsets()).containsExactly(0L, 1018L, 2036L, 0L, 1018L, 2036L, 0L);
        assertThat(s.published)
                .extracting(Effect.PublishPicture::corrupt)
                .containsExactly(false, false, false, false, false, true, false);
        assertThat(s.book.get(lie).corrupt()).isTrue();
        assertThat(s.requests(DeletePicture.class)).containsExactly(new DeletePicture(2));
        assertThat(unit.pictures).containsOnlyKeys(lie);
        PictureSession later = new PictureSession(unit, s.book).run();
        assertThat(later.requests).containsExactly(new ReadEventLog(0), new ListPictures());
        assertThat(later.published).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {PictureError.NO_SUCH_PICTURE, PictureError.OUT_OF_RANGE, PictureError.MEMORY_FAULT, 77})
    void aPictureThatTheUnitRefusesIsLeftForThisSession(int reason) {
        PictureSession s = new PictureSession(PictureUnit.with(3_000, 10));
        s.line = (request, answer) ->
                request instanceof ReadPicture(int n, long offset, int length) && n == 1 && offset == 1018
                        ? new PictureError(1, reason)
                        : answer;
        s.run();
        assertThat(s.offsets()).containsExactly(0L, 1018L, 0L);
        assertThat(s.requests(DeletePicture.class)).containsExactly(new DeletePicture(2));
        assertThat(s.outcomes).contains(PictureOutcome.REFUSED);
        assertThat(s.book.get(s.unit.entry(1)).offset()).isEqualTo(1018);
        assertThat(new PictureSession(s.unit, s.book).run().offsets()).containsExactly(1018L, 2036L);
    }

    @Test
    void aDeleteThatTheUnitRefusesLeavesThePicture() {
        PictureSession s = new PictureSession(PictureUnit.with(10, 20));
        s.line = (request, answer) ->
                request.equals(new DeletePicture(1)) ? new PictureError(1, PictureError.MEMORY_FAULT) : answer;
        s.run();
        assertThat(s.requests(DeletePicture.class)).containsExactly(new DeletePicture(1), new DeletePicture(2));
        assertThat(s.forgotten).containsExactly(entry(2, bytes(20)));
        assertThat(s.reason()).isEqualTo(EndReason.COMPLETE);
    }

    @Test
    void aFullListIsAskedAgainAfterADelete() {
        PictureSession s = new PictureSession(
                PictureUnit.with(IntStream.generate(() -> 10).limit(150).toArray()));
        s.run();
        assertThat(s.unit.pictures).isEmpty();
        assertThat(s.requests(ListPictures.class)).hasSize(3);
        assertThat(s.requests(DeletePicture.class)).hasSize(150);
    }

    @Test
    void aFullListOfWhichNothingWasDeletedIsNotAskedAgain() {
        PictureSession s = new PictureSession(
                PictureUnit.with(IntStream.generate(() -> 200_000).limit(80).toArray()));
        s.run();
        assertThat(s.requests).containsExactly(new ReadEventLog(0), new ListPictures());
        assertThat(s.published).hasSize(73).allMatch(Effect.PublishPicture::tooLarge);
    }

    @Test
    void whatWasLeftIsNotTakenUpAgainWithTheSecondList() {
        int[] sizes = IntStream.range(0, 74).map(i -> i == 0 ? 200_000 : 3).toArray();
        PictureSession s = new PictureSession(PictureUnit.with(sizes)).run();
        assertThat(s.published.stream().filter(Effect.PublishPicture::tooLarge)).hasSize(1);
        assertThat(s.unit.pictures).hasSize(1);
    }

    @Test
    void aNumberThatStandsForDifferentPicturesIsLeftAlone() {
        PictureUnit unit = PictureUnit.with(10, 20);
        PictureEntry other = new PictureEntry(1, 11, 1, 1);
        PictureSession s = new PictureSession(unit);
        s.line = (request, answer) -> request instanceof ListPictures
                ? new PictureList(List.of(unit.entry(1), unit.entry(2), other, unit.entry(2)))
                : answer;
        s.run();
        assertThat(s.requests(ReadPicture.class)).containsExactly(new ReadPicture(2, 0, 20));
        assertThat(s.requests(DeletePicture.class)).containsExactly(new DeletePicture(2));
        assertThat(s.outcomes).startsWith(PictureOutcome.AMBIGUOUS);
    }

    @Test
    void aListThatPromisesMoreBytesThanThereAreEndsInARefusal() {
        byte[] real = bytes(1018);
        PictureUnit unit = new PictureUnit().holding(new PictureEntry(1, 5_000, 1, 1), real);
        PictureSession s = new PictureSession(unit).run();
        assertThat(s.offsets()).containsExactly(0L, 1018L);
        assertThat(s.outcomes).containsExactly(PictureOutcome.REFUSED);
        assertThat(s.requests(DeletePicture.class)).isEmpty();
    }

    @Test
    void blocksShorterThanAskedAreTakenAsTheyCome() {
        PictureUnit unit = PictureUnit.with(1_000);
        unit.blockBytes = 7;
        PictureSession s = new PictureSession(unit).run();
        assertThat(content(s.published)).isEqualTo(bytes(1_000));
        assertThat(unit.pictures).isEmpty();
        assertThat(s.saved.getFirst().offset()).isEqualTo(56);
    }

    @Test
    void aPushedManDownIsPublishedAtOnceAndItsLogReadBehindThePictures() {
        PictureSession s = new PictureSession(PictureUnit.with(5_000));
        s.line = (request, answer) ->
                request instanceof ReadPicture(int n, long offset, int length) && offset == 2036 ? null : answer;
        s.run();
        s.got(Units.push(40));
        assertThat(s.driver.published()).hasSize(1);
        assertThat(s.driver.state).isInstanceOf(SessionState.Fetching.class);
        s.line = (request, answer) -> answer;
        s.got(s.unit.answer(new ReadPicture(1, 2036, 1018)));
        assertThat(s.unit.pictures).isEmpty();
        assertThat(s.requests).endsWith(new DeletePicture(1), new ReadEventLog(0));
        assertThat(s.driver.state).isInstanceOf(Lingering.class);
    }

    @Test
    void missteps() {
        assertMisstep(new PictureBlock(2, 1018, Octets.of(new byte[5])), Misstep.WRONG_ECHO);
        assertMisstep(new PictureBlock(1, 0, Octets.of(new byte[5])), Misstep.WRONG_ECHO);
        assertMisstep(new PictureBlock(1, 1018, Octets.of(new byte[500])), Misstep.WRONG_ECHO);
        assertMisstep(new PictureError(2, 1), Misstep.WRONG_ECHO);
        assertMisstep(new PictureList(List.of()), Misstep.NOT_ASKED);
        assertMisstep(new identicom.wire.message.PictureDeleted(1), Misstep.NOT_ASKED);
        assertMisstep(Units.answer(0), Misstep.NOT_ASKED);
    }

    /** In answer to 41 1, 1018, 482. */
    private static void assertMisstep(identicom.wire.message.FromUnit message, Misstep misstep) {
        PictureSession s = new PictureSession(PictureUnit.with(1_500));
        s.line = (request, answer) -> s.requests.size() == 4 ? message : answer;
        s.run();
        assertThat(s.driver.all).contains(new Effect.Count(misstep));
        assertThat(s.driver.state).isEqualTo(new SessionState.Closed(EndReason.PROTOCOL_ERROR));
        assertThat(s.saved).extracting(PicturePosition::offset).containsExactly(1018L);
    }

    @Test
    void anotherPicturesDeleteIsAMisstep() {
        PictureSession s = new PictureSession(PictureUnit.with(10));
        s.line = (request, answer) ->
                request instanceof DeletePicture ? new identicom.wire.message.PictureDeleted(2) : answer;
        s.run();
        assertThat(s.driver.all).contains(new Effect.Count(Misstep.WRONG_ECHO));
        assertThat(s.forgotten).isEmpty();
    }

    @Test
    void picturesThatNobodyAskedForAreAMisstep() {
        assertThat(Driver.served().got(new PictureList(List.of())).last).contains(new Effect.Count(Misstep.NOT_ASKED));
        assertThat(Driver.served().got(new PictureError(1, 1)).last).contains(new Effect.Count(Misstep.NOT_ASKED));
    }
}
