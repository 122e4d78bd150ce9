package identicom.receiver.session;

import static identicom.receiver.session.PictureUnit.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import identicom.receiver.session.SessionState.Fetching;
import identicom.receiver.session.SessionState.Holding;
import identicom.wire.message.DeletePicture;
import identicom.wire.message.EventLogDeleted;
import identicom.wire.message.ListPictures;
import identicom.wire.message.PictureEntry;
import identicom.wire.message.ReadEventLog;
import identicom.wire.message.ReadPicture;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures while lines break, acknowledgements fail to come, main falls silent or the station stops. */
class PictureFaultTest {
    private static final int BLOCKS = 30;

    /** A session whose line is dead from the {@code n}-th read of a block on. */
    private static PictureSession deadAt(PictureSession s, int n) {
        s.line = (request, answer) -> s.requests(ReadPicture.class).size() < n ? answer : null;
        return s.run();
    }

    @Test
    void nothingIsAskedBeyondEightBlocksAfterTheLastAcknowledgedProgress() {
        PictureSession s = new PictureSession(PictureUnit.with(BLOCKS * 1018));
        s.acknowledging = record -> false;
        s.run();
        assertThat(s.offsets()).hasSize(8);
        assertThat(s.driver.state).isInstanceOf(Holding.class);
        assertThat(s.saved).isEmpty();
        s.acknowledgeOwed();
        assertThat(s.saved).extracting(PicturePosition::offset).containsExactly(8 * 1018L);
        assertThat(s.offsets()).as("the record is not acknowledged yet").hasSize(8);
        s.acknowledgeOwed();
        assertThat(s.offsets()).hasSize(16);
    }

    @Test
    void nothingIsDeletedBeforeItsLastBlockIsAcknowledged() {
        PictureSession s = new PictureSession(PictureUnit.with(3_000));
        s.acknowledging = record -> record instanceof Effect.PublishPicture p && p.offset() != 1018;
        s.run();
        assertThat(s.offsets()).hasSize(3);
        assertThat(s.requests(DeletePicture.class)).isEmpty();
        assertThat(s.acknowledgeOwed().requests(DeletePicture.class)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 8, 9, 15, 16, 17, 29, 30})
    void aCutOffPictureGoesOnWithAtMostEightBlocksTwice(int cutAt) {
        PictureUnit unit = PictureUnit.with(BLOCKS * 1018);
        Map<PictureEntry, PicturePosition> book = new HashMap<>();
        PictureSession first = deadAt(new PictureSession(unit, book), cutAt).input(new Input.PeerClosed());
        PictureSession second = new PictureSession(unit, book).run();
        assertThat(unit.pictures).isEmpty();
        assertThat(twice(first, second)).isLessThanOrEqualTo(8);
        assertThat(second.offsets().getFirst())
                .as("the session's end wrote down where it stood")
                .isEqualTo((cutAt - 1) * 1018L);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 8, 9, 15, 16, 17, 29, 30})
    void withoutALastWordItAlsoDoes(int cutAt) {
        PictureUnit unit = PictureUnit.with(BLOCKS * 1018);
        Map<PictureEntry, PicturePosition> book = new HashMap<>();
        PictureSession first = deadAt(new PictureSession(unit, book), cutAt);
        PictureSession second = new PictureSession(unit, book).run();
        assertThat(unit.pictures).isEmpty();
        assertThat(twice(first, second)).isLessThanOrEqualTo(8);
    }

    private static int twice(PictureSession first, PictureSession second) {
        Set<Long> came = new HashSet<>();
        first.published.forEach(piece -> came.add(piece.offset()));
        List<Long> again = new ArrayList<>(second.offsets());
        again.retainAll(came);
        return again.size();
    }

    @Test
    void aPictureReadToItsEndIsDeletedInTheNextSessionWithoutReadingIt() {
        PictureSession first = new PictureSession(PictureUnit.with(3_000));
        first.line = (request, answer) -> request instanceof DeletePicture ? null : answer;
        first.run();
        first.unit.holding(PictureUnit.entry(1, bytes(3_000)), bytes(3_000)); // it never heard the delete
        first.input(new Input.PeerClosed());
        PictureSession second = new PictureSession(first.unit, first.book).run();
        assertThat(second.requests)
                .containsExactly(new ReadEventLog(0), new ListPictures(), new DeletePicture(1), new ReadEventLog(0));
    }

    @Test
    void aSecondReadingCutOffGoesOnAsTheSecond() {
        PictureUnit unit = new PictureUnit().holding(new PictureEntry(1, 3_000, 1, 1), bytes(3_000));
        Map<PictureEntry, PicturePosition> book = new HashMap<>();
        deadAt(new PictureSession(unit, book), 5).input(new Input.PeerClosed());
        PictureSession second = new PictureSession(unit, book).run();
        assertThat(second.offsets()).containsExactly(1018L, 2036L);
        assertThat(second.published).allMatch(piece -> piece.reading() == 2);
        assertThat(second.published.getLast().corrupt()).isTrue();
    }

    @Test
    void aCorruptPictureWhoseMarkWasNotWrittenIsMarkedWithoutReadingIt() {
        PictureUnit unit = new PictureUnit().holding(new PictureEntry(1, 3_000, 1, 1), bytes(3_000));
        PictureSession first = new PictureSession(unit);
        first.acknowledging = record ->
                !(record instanceof Effect.SaveProgress s && s.position().corrupt());
        first.run();
        PicturePosition end = first.saved.getLast();
        assertThat(end.corrupt()).isTrue();
        first.book.put(end.picture(), new PicturePosition(end.picture(), 2, 3_000, end.crc(), false));
        PictureSession second = new PictureSession(unit, first.book).run();
        assertThat(second.requests(ReadPicture.class)).isEmpty();
        assertThat(second.book.get(end.picture()).corrupt()).isTrue();
    }

    @Test
    void aLostBlockBreaksThePicturesOffAndNothingIsDeleted() {
        PictureSession s = new PictureSession(PictureUnit.with(3_000, 10));
        s.acknowledging = record -> record instanceof Effect.PublishPicture p && p.offset() == 0;
        s.run().loseOwed();
        assertThat(s.requests(DeletePicture.class)).isEmpty();
        assertThat(s.requests).endsWith(new ReadEventLog(0));
        assertThat(s.reason()).isEqualTo(EndReason.INCOMPLETE);
        s.input(new Input.PeerClosed());
        assertThat(s.saved).extracting(PicturePosition::offset).containsExactly(1018L);
        assertThat(s.outcomes).containsExactly(PictureOutcome.BROKEN_OFF);
    }

    @Test
    void aLostProgressRecordBreaksThePicturesOff() {
        PictureSession s = new PictureSession(PictureUnit.with(BLOCKS * 1018));
        s.acknowledging = Effect.PublishPicture.class::isInstance;
        s.run().loseOwed();
        assertThat(s.offsets()).hasSize(8);
        assertThat(s.reason()).isEqualTo(EndReason.INCOMPLETE);
    }

    @Test
    void acknowledgementsAreNotWaitedForForEver() {
        PictureSession s = new PictureSession(PictureUnit.with(3_000));
        s.acknowledging = record -> false;
        s.run();
        assertThat(s.driver.all).contains(new Effect.Start(Timer.SETTLE));
        s.input(new Input.Fired(Timer.SETTLE));
        assertThat(s.requests(DeletePicture.class)).isEmpty();
        assertThat(s.reason()).isEqualTo(EndReason.INCOMPLETE);
    }

    @Test
    void theWaitIsCountedFromItsBeginningAndStoppedAtItsEnd() {
        PictureSession s = new PictureSession(PictureUnit.with(3_000));
        s.acknowledging = record -> false;
        s.run().acknowledgeOwed();
        assertThat(s.driver.all.stream().filter(new Effect.Start(Timer.SETTLE)::equals))
                .hasSize(1);
        assertThat(s.driver.all)
                .containsSubsequence(
                        new Effect.Start(Timer.SETTLE),
                        new Effect.Stop(Timer.SETTLE),
                        new Effect.Send(new DeletePicture(1)));
    }

    @Test
    void whileMainIsSilentNoListIsAskedFor() {
        PictureSession s = new PictureSession(PictureUnit.with(10));
        s.driver.input(new Input.MainSilent());
        assertThat(s.run().requests).containsExactly(new ReadEventLog(0));
    }

    @Test
    void mainFallingSilentWhileTheLogIsBeingDeletedNoListIsAskedForEither() {
        Driver s = new Driver(Units.rules(), PictureRules.standard(1_000))
                .got(Units.UNIT)
                .judged(Verdict.whitelisted(Long.MAX_VALUE))
                .got(Units.answer(0, 5))
                .acknowledged(0, 0)
                .input(new Input.MainSilent())
                .got(new EventLogDeleted(5));
        assertThat(s.sentLast()).isEmpty();
        assertThat(s.state).isInstanceOf(SessionState.Lingering.class);
    }

    @Test
    void mainFallingSilentInTheMiddleEndsThePicturesAtTheNextAnswer() {
        PictureSession s = deadAt(new PictureSession(PictureUnit.with(9_000)), 3);
        s.input(new Input.MainSilent());
        assertThat(s.driver.state).isInstanceOf(Fetching.class);
        s.got(s.unit.answer(new ReadPicture(1, 2036, 1018)));
        assertThat(s.published).as("the unit keeps it").hasSize(2);
        assertThat(s.reason()).isEqualTo(EndReason.INCOMPLETE);
        s.input(new Input.PeerClosed());
        assertThat(s.saved).extracting(PicturePosition::offset).containsExactly(2036L);
    }

    @Test
    void mainFallingSilentEndsTheWaitAtOnce() {
        PictureSession s = new PictureSession(PictureUnit.with(3_000));
        s.acknowledging = record -> false;
        s.run().input(new Input.MainSilent());
        assertThat(s.reason()).isEqualTo(EndReason.INCOMPLETE);
        assertThat(s.acknowledgeOwed().requests(DeletePicture.class)).isEmpty();
    }

    @Test
    void aStoppingStationTakesTheBlockThatWasAskedAndEnds() {
        PictureSession s = deadAt(new PictureSession(PictureUnit.with(9_000)), 3);
        s.input(new Input.Drain());
        assertThat(s.driver.state).isInstanceOf(Fetching.class);
        s.got(s.unit.answer(new ReadPicture(1, 2036, 1018)));
        assertThat(s.published).hasSize(3);
        assertThat(s.reason()).isEqualTo(EndReason.DRAINED);
        s.input(new Input.PeerClosed());
        assertThat(s.book.get(s.unit.entry(1)).offset()).isEqualTo(3 * 1018);
    }

    @Test
    void nearItsTimeLimitASessionEndsAndThePictureGoesOnInTheNext() {
        PictureSession s = new PictureSession(PictureUnit.with(9_000));
        s.acknowledging = record -> false;
        s.run().input(new Input.Fired(Timer.WRAP_UP));
        assertThat(s.reason()).isEqualTo(EndReason.TIME_LIMIT);
        s.acknowledgeOwed().input(new Input.Fired(Timer.LINGER));
        s.acknowledgeOwed();
        assertThat(new PictureSession(s.unit, s.book).run().offsets()).containsExactly(8 * 1018L);
    }

    @Test
    void theNextBlockWaitsForRoom() {
        PictureSession s = deadAt(new PictureSession(PictureUnit.with(9_000)), 2);
        s.input(new Input.PicturesFull());
        s.line = (request, answer) -> answer;
        s.got(s.unit.answer(new ReadPicture(1, 1018, 1018)));
        assertThat(s.driver.state).isInstanceOf(Holding.class);
        assertThat(s.offsets()).hasSize(2);
        s.input(new Input.PicturesFree());
        assertThat(s.unit.pictures).isEmpty();
    }

    @Test
    void aUnitThatMayNotBeToldToDeleteIsNotAskedForPictures() {
        assertThat(new PictureSession(PictureUnit.with(10)).run(Verdict.UNVERIFIED).requests)
                .containsExactly(new ReadEventLog(0));
        assertThat(new PictureSession(PictureUnit.with(10)).run(Verdict.whitelisted(Units.NOW)).requests)
                .containsExactly(new ReadEventLog(0));
    }

    @Test
    void aListThatGrowsTooOldInTheMiddleEndsThePictures() {
        PictureSession s = new PictureSession(PictureUnit.with(1_000));
        s.line = (request, answer) -> {
            s.driver.nowUs = request instanceof ReadPicture ? Units.NOW + 2 : Units.NOW;
            return answer;
        };
        s.run(Verdict.whitelisted(Units.NOW + 1));
        assertThat(s.requests(DeletePicture.class)).isEmpty();
        assertThat(s.unit.pictures).hasSize(1);
    }

    @Test
    void anUnansweredPictureRequestEndsTheSession() {
        PictureSession s = deadAt(new PictureSession(PictureUnit.with(9_000)), 3);
        assertThat(s.input(new Input.Fired(Timer.ANSWER)).reason()).isEqualTo(EndReason.NO_ANSWER);
        assertThat(s.saved).extracting(PicturePosition::offset).containsExactly(2036L);
    }
}
