package identicom.alertservice.agreement;

import identicom.alertservice.agreement.Agreement.Missing;
import identicom.alertservice.alert.Kinds;
import identicom.alertservice.event.CriticalEvent;
import identicom.alertservice.store.Incidents;
import identicom.alertservice.store.Incidents.Incident;
import identicom.alertservice.store.Transactions;
import identicom.alertservice.timer.Repeating;
import identicom.runtime.config.Key;
import identicom.runtime.process.Metrics;
import identicom.schema.Cluster;
import io.micrometer.core.instrument.Counter;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Raises a technical alert about critical events that one cluster carries and the other does not: whichever way of the two is
 * broken, an emergency has only one left. It rings once, and is told at most once a minute while it goes on. Each instance reads
 * everything and watches by itself, beginning with what was written that long before its start. Any thread.
 */
public final class AgreementWatch implements AutoCloseable {
    public static final Key<Duration> WITHIN = Key.duration(
            "alerts.agree-within",
            Duration.ofSeconds(60),
            Duration.ofSeconds(10),
            Duration.ofHours(1),
            "how long after one cluster the other must carry a critical event, 10s to 1h; else a technical alert");

    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final long TOLD_AGAIN_NANOS = Duration.ofMinutes(1).toNanos();
    private static final int NAMED = 5;

    private final Transactions transactions;
    private final Incidents incidents;
    private final LongSupplier nanos;
    private final Runnable committed;
    private final Map<Cluster, Counter> counters = new EnumMap<>(Cluster.class);
    private final Repeating looking = new Repeating("alerts-agreement", LOOK, this::look);
    private final Instant countsFrom;
    private final Duration within;
    private final Agreement agreement;
    private final List<Missing> untold = new ArrayList<>();
    private long toldAtNanos;

    /**
     * @param within as {@link #WITHIN} has it
     * @param nanos a monotonic clock
     * @param committed called when an alert was raised or told of more
     */
    public AgreementWatch(
            Duration within,
            Transactions transactions,
            Incidents incidents,
            Metrics metrics,
            LongSupplier nanos,
            Runnable committed) {
        this.within = within;
        this.agreement = new Agreement(within);
        this.transactions = transactions;
        this.incidents = incidents;
        this.nanos = nanos;
        this.committed = committed;
        this.toldAtNanos = nanos.getAsLong() - TOLD_AGAIN_NANOS;
        this.countsFrom = Instant.now().minus(within);
        for (Cluster cluster : Cluster.values()) {
            counters.put(
                    cluster,
                    Counter.builder("identicom.clusters.disagree")
                            .description("Critical events that only this cluster carries")
                            .tag("cluster", cluster.word())
                            .register(metrics.registry()));
        }
    }

    public void start() {
        looking.start();
    }

    /** @param at when the record was written */
    public void read(CriticalEvent event, Cluster from, Instant at) {
        if (!at.isBefore(countsFrom)) {
            synchronized (agreement) {
                agreement.read(event.id(), event.serial(), from, nanos.getAsLong());
            }
        }
    }

    /** Called by its one thread. */
    void look() throws SQLException {
        long now = nanos.getAsLong();
        List<Missing> missing;
        synchronized (agreement) {
            missing = agreement.missing(now);
        }
        missing.forEach(one -> counters.get(one.on()).increment());
        missing.stream().limit(Agreement.MOST - untold.size()).forEach(untold::add);
        if (untold.isEmpty() || now - toldAtNanos < TOLD_AGAIN_NANOS) {
            return;
        }
        Incident incident =
                new Incident(Kinds.TECHNICAL, "critical", null, "clusters", words(untold), List.of(), false);
        transactions.run(tx -> incidents.raise(tx, List.of(incident)));
        untold.clear();
        toldAtNanos = now;
        committed.run();
    }

    private String words(List<Missing> all) {
        return all.stream()
                .collect(Collectors.groupingBy(Missing::on, () -> new EnumMap<>(Cluster.class), Collectors.toList()))
                .entrySet()
                .stream()
                .map(side -> words(side.getKey(), side.getValue()))
                .collect(Collectors.joining("; "));
    }

    private String words(Cluster on, List<Missing> of) {
        TreeSet<String> serials = of.stream().map(Missing::serial).collect(Collectors.toCollection(TreeSet::new));
        String named = serials.stream().limit(NAMED).collect(Collectors.joining(", "));
        int more = Math.max(0, serials.size() - NAMED);
        Cluster other = on == Cluster.MAIN ? Cluster.PRIORITY : Cluster.MAIN;
        return "%d critical event%s on %s and not on %s after %d s (units %s%s)"
                .formatted(
                        of.size(),
                        of.size() == 1 ? "" : "s",
                        on.word(),
                        other.word(),
                        within.toSeconds(),
                        named,
                        more > 0 ? " and " + more + " more" : "");
    }

    @Override
    public void close() {
        looking.close();
    }
}
