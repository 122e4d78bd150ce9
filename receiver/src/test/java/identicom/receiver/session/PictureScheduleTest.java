package identicom.receiver.session;

import static org.assertj.core.api.Assertions.assertThat;

import identicom.wire.message.DeletePicture;
import identicom.wire.message.FromUnit;
import identicom.wire.message.PictureEntry;
import identicom.wire.message.ReadPicture;
import identicom.wire.message.ToUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Session after session with a unit that has pictures, under random schedules: acknowledgements late or missing, connections
 * cut anywhere, main silent and back, drains, pushes.
 *
 * <p>What must hold in each: a picture is told to be deleted only when every byte of it is durable and right; what is asked is
 * never more than 8 blocks beyond the last acknowledged progress record; at most one request is unanswered; in the end the
 * unit is empty.
 */
class PictureScheduleTest {
    private static final int SCHEDULES = 400;

    @Test
    void picturesGetOffTheUnitWholeWhateverHappens() {
        assertThat(LongStream.range(0, SCHEDULES).mapToObj(seed -> new Schedule(seed).run()))
                .allSatisfy(schedule -> assertThat(schedule.unit.pictures)
                        .as("seed %s", schedule.seed)
                        .isEmpty());
    }

    private static final class Schedule {
        private static final int WINDOW = 8;

        private final long seed;
        private final SplittableRandom random;
        private final PictureUnit unit;
        private final Map<PictureEntry, PicturePosition> book = new HashMap<>();
        private final Map<PictureEntry, byte[]> durable = new HashMap<>();
        private final Deque<Effect> unsettled = new ArrayDeque<>();
        private Driver driver = new Driver();
        private Deque<FromUnit> fromUnit = new ArrayDeque<>();
        private Deque<ToUnit> toUnit = new ArrayDeque<>();
        private int owed;
        private boolean disturbed = true;

        Schedule(long seed) {
            this.seed = seed;
            this.random = new SplittableRandom(seed);
            this.unit = PictureUnit.with(
                    random.nextInt(1, 40_000), random.nextInt(0, 3), random.nextInt(1, 20_000), 1018 * 16);
            unit.blockBytes = random.nextInt(600, 1019);
        }

        Schedule run() {
            for (int session = 0; session < 60 && !unit.pictures.isEmpty(); session++) {
                disturbed = session < 50;
                session();
            }
            return this;
        }

        private void session() {
            driver = new Driver(Units.rules(), PictureRules.standard(PictureSession.MAX_BYTES));
            fromUnit = new ArrayDeque<>();
            toUnit = new ArrayDeque<>();
            unsettled.clear();
            owed = 0;
            input(new Input.Received(Units.UNIT, Units.NOW));
            for (int step = 0; step < 5_000 && !over(); step++) {
                step(random.nextInt(1_000));
            }
            input(new Input.PeerClosed());
            settleAll();
        }

        private boolean over() {
            return driver.state instanceof SessionState.Closed || driver.state instanceof SessionState.Lingering;
        }

        private void step(int dice) {
            if (dice < 400) {
                unitAnswers();
            } else if (dice < 990 || !disturbed) {
                settleOne();
            } else {
                disturb(random.nextInt(12));
            }
        }

        private void unitAnswers() {
            if (!toUnit.isEmpty()) {
                fromUnit.add(unit.answer(toUnit.remove()));
            }
            if (!fromUnit.isEmpty()) {
                owed--;
                input(new Input.Received(fromUnit.remove(), Units.NOW));
            }
        }

        private void disturb(int what) {
            switch (what) {
                case 0 -> input(new Input.PeerClosed());
                case 1 -> input(new Input.Drain());
                case 2 -> input(new Input.MainSilent());
                case 3, 4 -> input(new Input.MainBack());
                case 5 -> input(new Input.PicturesFull());
                case 6, 7 -> input(new Input.PicturesFree());
                case 8 -> input(new Input.Received(Units.push(9), Units.NOW));
                case 9 -> loseOne();
                default -> settleAll();
            }
        }

        private void loseOne() {
            if (!unsettled.isEmpty()) {
                input(new Input.Lost(number(unsettled.remove())));
            }
        }

        private void settleAll() {
            while (!unsettled.isEmpty()) {
                settleOne();
            }
        }

        private void settleOne() {
            if (unsettled.isEmpty()) {
                return;
            }
            Effect record = unsettled.remove();
            switch (record) {
                case Effect.PublishPicture e -> stored(e);
                case Effect.SaveProgress(long number, PicturePosition position) ->
                    book.put(position.picture(), position);
                default -> throw new AssertionError(record);
            }
            input(new Input.Acknowledged(number(record)));
        }

        private static long number(Effect record) {
            return switch (record) {
                case Effect.PublishPicture e -> e.number();
                case Effect.SaveProgress e -> e.number();
                default -> throw new AssertionError(record);
            };
        }

        private void stored(Effect.PublishPicture e) {
            byte[] all = durable.computeIfAbsent(e.picture(), picture -> new byte[(int) picture.size()]);
            System.arraycopy(
                    e.data().toArray(), 0, all, (int) e.offset(), e.data().size());
        }

        private void input(Input input) {
            driver.input(input);
            driver.last.forEach(this::apply);
        }

        private void apply(Effect effect) {
            switch (effect) {
                case Effect.PublishPicture e -> unsettled.add(e);
                case Effect.SaveProgress e -> unsettled.add(e);
                case Effect.Publish e ->
                    LongStream.range(0, e.entries().size())
                            .forEach(i -> input(new Input.Acknowledged(e.firstNumber() + i)));
                case Effect.ForgetProgress e -> book.remove(e.picture());
                case Effect.Ask e -> input(new Input.Judged(Verdict.whitelisted(Long.MAX_VALUE)));
                case Effect.Recall e ->
                    input(new Input.Recalled(e.pictures().stream()
                            .map(picture -> book.getOrDefault(picture, PicturePosition.start(picture)))
                            .toList()));
                case Effect.Send(var message) -> sent(message);
                default -> {}
            }
        }

        private void sent(ToUnit message) {
            assertThat(++owed).as("seed %s has one request unanswered", seed).isEqualTo(1);
            toUnit.add(message);
            switch (message) {
                case ReadPicture(int number, long offset, int length) ->
                    assertThat(offset)
                            .as("seed %s", seed)
                            .isLessThan(known(unit.entry(number)) + WINDOW * (long) unit.blockBytes);
                case DeletePicture(int number) ->
                    assertThat(durable.getOrDefault(unit.entry(number), new byte[0]))
                            .as("seed %s deletes only what is durable", seed)
                            .isEqualTo(unit.pictures.get(unit.entry(number)));
                default -> {}
            }
        }

        private long known(PictureEntry picture) {
            PicturePosition position = book.get(picture);
            return position == null ? 0 : position.offset();
        }
    }
}
