package identicom.receiver.simulation;

import java.util.function.Supplier;

/** Runs schedules, each on one thread and made by its seed alone. Close it: it keeps the log quiet meanwhile. Any thread. */
final class Simulation implements AutoCloseable {
    private final QuietLog log = new QuietLog();

    Outcome run(long seed, Supplier<Plant> plant) {
        return run(seed, plant, false);
    }

    /** The same again, with its last steps in words. */
    Outcome replay(long seed, Supplier<Plant> plant) {
        return run(seed, plant, true);
    }

    private Outcome run(long seed, Supplier<Plant> plant, boolean inWords) {
        Outcome outcome = new World(seed, plant.get(), inWords).run();
        String failure = log.takeFailure();
        return failure == null || !outcome.clean()
                ? outcome
                : new Outcome(seed, outcome.hash(), failure, outcome.lastSteps(), outcome.reached());
    }

    /** Seed, what was violated, the last steps, and how to see it again. */
    String report(Outcome failed, Supplier<Plant> plant) {
        Outcome again = replay(failed.seed(), plant);
        return """

                seed %d: %s
                %s
                the last steps:
                %s
                again: -Didenticom.first-seed=%d -Didenticom.schedules=1
                """.formatted(
                        failed.seed(),
                        failed.violation(),
                        again.hash() == failed.hash() ? "it replays exactly" : "it does NOT replay exactly",
                        again.lastSteps(),
                        failed.seed());
    }

    @Override
    public void close() {
        log.close();
    }
}
