package identicom.systemtests.torture;

import identicom.simulator.unit.Journal;
import identicom.systemtests.check.Ledger;
import identicom.systemtests.harness.Desk;
import identicom.systemtests.torture.Injection.Outcome;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** One schedule in a world: traffic, faults, everything undone, everything checked. */
final class Trial {
    private static final Duration BEGINS = Duration.ofSeconds(60);
    private static final Duration EMPTIED = Duration.ofSeconds(90);
    /** What the event log may take until it has what was deleted. */
    static final Duration STORED = Duration.ofSeconds(60);

    /** Traffic that nothing is done to any more. */
    private static final Duration AFTERWARDS = Duration.ofMillis(1_500);

    /** Units' clocks tell seconds, and what they logged before a dial-in is some seconds older. */
    private static final Duration OLDER = Duration.ofSeconds(60);

    private static final int LOOK_MS = 50;

    private final World world;
    private final Desk desk;
    private final Screen screen;
    private final Schedule schedule;
    private final Duration storing;

    /** @param storing what the event log may take until it has what was deleted */
    Trial(World world, Desk desk, Screen screen, Schedule schedule, Duration storing) {
        this.storing = storing;
        this.world = world;
        this.desk = desk;
        this.screen = screen;
        this.schedule = schedule;
    }

    /**
     * What was seen of a schedule that went well.
     *
     * @param outcomes of its faults, in their order
     * @param recovery from the last fault's end until every unit was empty
     */
    record Seen(
            List<Outcome> outcomes,
            int events,
            int pictures,
            Falls.Shown falls,
            Duration recovery,
            List<Journal> journals) {}

    /** @throws Violation something that must not be */
    Seen run() throws Violation, Exception {
        Instant since = Instant.now().minus(OLDER);
        world.dialIns().forget();
        try (Traffic traffic = Traffic.start(world, desk, schedule)) {
            try {
                return run(traffic, since);
            } catch (Violation | AssertionError | IOException e) {
                throw new Failed(e, traffic);
            }
        }
    }

    /** A violation with what its units knew. */
    static final class Failed extends Exception {
        private static final long serialVersionUID = 1;
        private final transient List<Journal> journals;

        Failed(Throwable cause, Traffic traffic) throws IOException {
            super(cause.getMessage() + "\n" + traffic.text(), cause);
            this.journals = traffic.journals();
        }

        List<Journal> journals() {
            return journals;
        }
    }

    private Seen run(Traffic traffic, Instant since) throws Violation, Exception {
        until("traffic begins", BEGINS, () -> traffic.deleted() >= schedule.afterDeleted());
        Caretaker caretaker = new Caretaker(world, schedule);
        List<Outcome> outcomes = faults(traffic);
        caretaker.look();
        long healed = System.nanoTime();
        Thread.sleep(AFTERWARDS);
        traffic.quiet();
        long limit = healed + EMPTIED.toNanos();
        while (!traffic.obeyed() || !traffic.empty()) {
            caretaker.look();
            caretaker.lookHarder(Duration.ofNanos(System.nanoTime() - healed));
            if (System.nanoTime() > limit) {
                throw new Violation(EMPTIED.toSeconds() + " s after the last fault commands "
                        + (traffic.obeyed() ? "are done" : "still wait")
                        + ", and these units still hold something: " + traffic.holding());
            }
            Thread.sleep(LOOK_MS);
        }
        Duration recovery = Duration.ofNanos(System.nanoTime() - healed);
        caretaker.checkLife();
        List<Journal> journals = traffic.journals();
        new Ledger(journals, storing, since).check(desk);
        awaitScreen(traffic);
        Falls.Shown falls = Falls.check(
                traffic.fallen(), unit -> screen.shown(traffic.serial(unit)), world.dialIns()::first, healed);
        return new Seen(
                outcomes,
                journals.stream().mapToInt(journal -> journal.logged().size()).sum(),
                journals.stream().mapToInt(journal -> journal.pictures().size()).sum(),
                falls,
                recovery,
                journals);
    }

    /** Returns when all of them are undone. */
    private List<Outcome> faults(Traffic traffic) throws Exception {
        try (ExecutorService doing = Executors.newThreadPerTaskExecutor(
                Thread.ofPlatform().name("fault-", 1).daemon(true).factory())) {
            List<Future<Outcome>> under = new ArrayList<>();
            for (Fault fault : schedule.faults()) {
                if (!under.isEmpty()) {
                    Thread.sleep(schedule.between());
                }
                under.add(doing.submit(() -> new Injection(world, fault).run()));
            }
            Future<?> late = doing.submit(() -> {
                traffic.commissionLate(desk);
                return null;
            });
            List<Outcome> outcomes = new ArrayList<>();
            for (Future<Outcome> one : under) {
                outcomes.add(one.get());
            }
            late.get();
            return outcomes;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    /** What is on its way to the screen has come, or is so late that it need not be waited for. */
    private void awaitScreen(Traffic traffic) throws InterruptedException {
        long end = System.nanoTime() + Falls.LIMIT.toNanos();
        while (System.nanoTime() < end
                && traffic.fallen().keySet().stream()
                        .anyMatch(unit -> screen.shown(traffic.serial(unit)).isEmpty())) {
            Thread.sleep(LOOK_MS);
        }
    }

    private interface Condition {
        boolean holds() throws IOException, SQLException;
    }

    private static void until(String what, Duration limit, Condition condition) throws Violation, Exception {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                throw new Violation("not within " + limit.toSeconds() + " s: " + what);
            }
            Thread.sleep(LOOK_MS);
        }
    }
}
