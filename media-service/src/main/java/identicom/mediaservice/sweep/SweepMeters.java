package identicom.mediaservice.sweep;

import identicom.runtime.process.Metrics;
import io.micrometer.core.instrument.Counter;

/** What the sweeps count. */
final class SweepMeters {
    private final Counter sweeps;
    private final Counter unfinished;
    private final Counter orphans;
    private final Counter lost;

    SweepMeters(Metrics metrics) {
        sweeps = counter(metrics, "identicom.media.sweeps", "Sweeps that went through to the end");
        unfinished = counter(metrics, "identicom.media.swept.unfinished", "Files of broken-off writes removed");
        orphans = counter(metrics, "identicom.media.swept.orphans", "Contents removed that no picture pointed at");
        lost = counter(
                metrics,
                "identicom.media.pictures.lost",
                "Pictures whose content was found missing or damaged in the store; anything above 0 is an alarm");
    }

    private static Counter counter(Metrics metrics, String name, String description) {
        return Counter.builder(name).description(description).register(metrics.registry());
    }

    void swept(Sweep.Result result) {
        unfinished.increment(result.unfinished());
        orphans.increment(result.orphans());
        lost.increment(result.lost());
        sweeps.increment();
    }
}
