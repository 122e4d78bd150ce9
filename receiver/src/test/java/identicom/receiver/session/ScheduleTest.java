package identicom.receiver.session;

import static org.assertj.core.api.Assertions.assertThat;

import identicom.wire.message.DeleteEventLog;
import identicom.wire.message.EventEntry;
import identicom.wire.message.EventLog;
import identicom.wire.message.FromUnit;
import identicom.wire.message.ToUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The machine against a model unit, under thousands of random schedules: acknowledgements late, out of order, missing; main
 * silent and back; outbox full; pushes, drains, time limits and replaced memories at any moment.
 *
 * <p>What must hold in each: a unit is told to delete only what stood in answers of its present log in this session and what
 * main acknowledged, entry for entry; at most one request is unanswered; nothing is sent after the half-close.
 */
class ScheduleTest {
    private static final int SCHEDULES = 6_000;

    @Test
    void nothingIsEverDeletedThatIsNotDurable() {
        long deletes = LongStream.range(0, SCHEDULES)
                .map(seed -> new Schedule(seed, true).run().deletes)
                .sum();
        assertThat(deletes).isGreaterThan(SCHEDULES / 2);
    }

    @Test
    void aQuietSessionEmptiesTheUnit() {
        assertThat(LongStream.range(0, 500).mapToObj(seed -> new Schedule(seed, false).run()))
                .allSatisfy(schedule -> assertThat(schedule.unit.log).isEmpty());
    }

    private static final class Schedule {
        private final long seed;
        private final SplittableRandom random;
        private final boolean faults;
        private final ModelUnit unit;
        private final Driver driver = new Driver(new Rules(Units.rules().critical(), 200, 8, 4, 2));
        private final Deque<FromUnit> fromUnit = new ArrayDeque<>();
        private final Deque<ToUnit> toUnit = new ArrayDeque<>();
        private final Map<Long, EventEntry> unsettled = new HashMap<>();
        private final Set<EventEntry> durable = new HashSet<>();
        private final Map<Integer, Set<EventEntry>> answered = new HashMap<>();
        private final Set<Timer> timers = new HashSet<>();
        private boolean halfClosed;
        private int owed;
        private long deletes;

        Schedule(long seed, boolean faults) {
            this.seed = seed;
            this.random = new SplittableRandom(seed);
            this.faults = faults;
            this.unit = new ModelUnit(random, random.nextInt(400), faults);
        }

        Schedule run() {
            fromUnit.add(Units.UNIT);
            for (int step = 0; step < 20_000 && !(driver.state instanceof SessionState.Closed); step++) {
                step();
            }
            assertThat(driver.state).as("seed %s ends", seed).isInstanceOf(SessionState.Closed.class);
            assertThat(driver.all.stream().filter(Effect.Ended.class::isInstance))
                    .as("seed %s", seed)
                    .hasSize(1);
            return this;
        }

        private void step() {
            int dice = random.nextInt(100);
            if (dice < 35) {
                deliverFromUnit();
            } else if (dice < 55) {
                unitAnswers();
            } else if (dice < 90 || !faults) {
                acknowledge();
            } else {
                disturb();
            }
        }

        private void deliverFromUnit() {
            FromUnit message = fromUnit.poll();
            if (message instanceof EventLog log && !log.pushed()) {
                owed--;
                answered.computeIfAbsent(log.logId(), id -> new HashSet<>()).addAll(log.entries());
            } else if (message instanceof identicom.wire.message.EventLogDeleted) {
                owed--;
            }
            if (message != null) {
                input(new Input.Received(message, Units.NOW));
            } else if (halfClosed && toUnit.isEmpty()) {
                input(new Input.PeerClosed());
            }
        }

        private void unitAnswers() {
            ToUnit request = toUnit.poll();
            if (request instanceof DeleteEventLog delete) {
                checkDelete(delete.upTo());
            }
            if (request != null) {
                fromUnit.addAll(unit.answer(request));
            }
        }

        private void checkDelete(long upTo) {
            deletes++;
            List<EventEntry> gone = unit.wouldDelete(upTo);
            assertThat(answered.getOrDefault(unit.logId, Set.of()))
                    .as("seed %s deletes only what was in an answer", seed)
                    .containsAll(gone);
            assertThat(durable).as("seed %s deletes only what is durable", seed).containsAll(gone);
        }

        private void acknowledge() {
            if (unsettled.isEmpty()) {
                return;
            }
            List<Long> numbers = new ArrayList<>(unsettled.keySet());
            for (int i = 0; i <= random.nextInt(60) && !numbers.isEmpty(); i++) {
                long number = numbers.remove(random.nextInt(numbers.size()));
                EventEntry entry = unsettled.remove(number);
                if (faults && random.nextInt(400) == 0) {
                    input(new Input.Lost(number));
                } else {
                    durable.add(entry);
                    input(new Input.Acknowledged(number));
                }
            }
        }

        private void disturb() {
            switch (random.nextInt(14)) {
                case 0, 1, 2, 3, 4 -> fromUnit.add(unit.push());
                case 5 -> unit.logSomething();
                case 6 -> input(new Input.MainSilent());
                case 7 -> input(new Input.MainBack());
                case 8 -> input(new Input.OutboxFull());
                case 9, 10 -> input(new Input.OutboxFree());
                case 11 -> fireSettle();
                case 12 -> rarely(new Input.Drain());
                default -> rarely(new Input.Fired(Timer.WRAP_UP));
            }
        }

        private void fireSettle() {
            if (timers.remove(Timer.SETTLE)) {
                input(new Input.Fired(Timer.SETTLE));
            }
        }

        private void rarely(Input input) {
            if (random.nextInt(10) == 0) {
                input(input);
            }
        }

        private void input(Input input) {
            driver.input(input);
            driver.last.forEach(this::apply);
        }

        private void apply(Effect effect) {
            switch (effect) {
                case Effect.Send(var message) -> {
                    assertThat(halfClosed)
                            .as("seed %s sends nothing after its end", seed)
                            .isFalse();
                    assertThat(++owed)
                            .as("seed %s has one request unanswered", seed)
                            .isLessThanOrEqualTo(1);
                    toUnit.add(message);
                }
                case Effect.Publish publish -> {
                    for (int i = 0; i < publish.entries().size(); i++) {
                        unsettled.put(
                                publish.firstNumber() + i, publish.entries().get(i));
                    }
                }
                case Effect.Ask ask -> input(new Input.Judged(Verdict.whitelisted(Long.MAX_VALUE)));
                case Effect.HalfClose e -> halfClosed = true;
                case Effect.Start(var timer) -> timers.add(timer);
                case Effect.Stop(var timer) -> timers.remove(timer);
                default -> {}
            }
        }
    }

    @Test
    void everyEntryOfAServedUnitIsPublished() {
        assertThat(Stream.iterate(0L, seed -> seed + 1).limit(300)).allSatisfy(seed -> {
            Schedule schedule = new Schedule(seed, true).run();
            Set<EventEntry> published = new HashSet<>();
            schedule.driver.published().forEach(p -> published.addAll(p.entries()));
            assertThat(schedule.answered.values())
                    .allSatisfy(entries -> assertThat(published).containsAll(entries));
        });
    }
}
