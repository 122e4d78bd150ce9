package identicom.alertservice.supervision;

import identicom.alertservice.store.Transactions;
import identicom.alertservice.store.Wearers;
import identicom.alertservice.supervision.rule.Networks;
import identicom.alertservice.supervision.store.Clock;
import identicom.alertservice.timer.Repeating;
import identicom.runtime.config.Configuration;
import identicom.runtime.config.Key;
import identicom.runtime.http.Api;
import identicom.runtime.kafka.Clusters;
import identicom.runtime.kafka.ConsumeLoop;
import identicom.runtime.kafka.KafkaQuarantine;
import identicom.runtime.process.Health;
import identicom.runtime.process.Metrics;
import identicom.runtime.process.Stack;
import identicom.schema.Cluster;
import identicom.schema.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Notices units that should have called and have not: listens to what is heard, and sweeps what is due. */
public final class Supervision implements AutoCloseable {

    static final Key<Networks> NETWORKS = new Key<>(
            "supervision.networks",
            "",
            "networks that units dial in from, as name=address/bits: when many units of one fall silent, that is one alert",
            false,
            Networks::parse);

    public static final List<Key<?>> KEYS = List.of(NETWORKS);

    private static final Map<String, List<Topic>> GROUPS = Map.of(
            "alert-service-units", List.of(Topic.UNITS),
            "alert-service-sessions", List.of(Topic.SESSIONS),
            "alert-service-unit-state", List.of(Topic.EVENTS_CRITICAL, Topic.EVENTS_HIGH, Topic.EVENTS_ROUTINE));

    private static final Duration STEP = Duration.ofSeconds(1);
    private static final Duration SWEEP = Duration.ofMillis(500);
    private static final int BATCH = 1_000;

    private final Stack running = new Stack();
    private final List<ConsumeLoop> loops = new ArrayList<>();
    private final Repeating sweeping;
    private final Repeating counting;
    private final Repeating stepping;
    private final Api api;

    /**
     * @param clockOffset added to the database's clock, by which stations' silence is measured
     * @param committed called after alerts were changed
     */
    public Supervision(
            Configuration configuration,
            Clusters clusters,
            Health health,
            Metrics metrics,
            Transactions transactions,
            Alarms alarms,
            Wearers wearers,
            Supplier<Duration> clockOffset,
            Runnable committed) {
        Clock clock = new Clock(clockOffset);
        Networks networks = configuration.get(NETWORKS);
        Listening listening = new Listening(transactions, networks, alarms, clock, committed);
        SupervisionMeters meters = new SupervisionMeters(metrics, transactions, clock);
        Sweep sweep = new Sweep(transactions, alarms, clock, System::nanoTime, committed, meters::swept);
        sweeping = new Repeating("supervision-sweep", SWEEP, sweep::run);
        counting = new Repeating("supervision-counting", SupervisionMeters.EVERY, meters::count);
        KafkaPositions positions = running.add("positions", new KafkaPositions(clusters, GROUPS));
        InStep inStep = new InStep(transactions, positions, clock);
        stepping = new Repeating("supervision-in-step", STEP, inStep::run);
        KafkaQuarantine quarantine = running.add("quarantine", new KafkaQuarantine(clusters, metrics));
        loops.add(new ConsumeLoop(options("units"), clusters, listening::units, quarantine, health, metrics));
        loops.add(new ConsumeLoop(options("sessions"), clusters, listening::sessions, quarantine, health, metrics));
        loops.add(new ConsumeLoop(options("unit-state"), clusters, listening::events, quarantine, health, metrics));
        api = new SupervisionApi(transactions, wearers, clock, meters::counted).api();
    }

    private static ConsumeLoop.Options options(String what) {
        String group = "alert-service-" + what;
        List<String> names = GROUPS.getOrDefault(group, List.of()).stream()
                .map(Topic::topicName)
                .toList();
        return new ConsumeLoop.Options("supervision-" + what, Cluster.MAIN, group, names, BATCH);
    }

    public void start() {
        for (ConsumeLoop loop : loops) {
            loop.start();
            running.add("consumer", loop);
        }
        stepping.start();
        running.add("in step", stepping);
        counting.start();
        running.add("counting", counting);
        sweeping.start();
        running.add("sweep", sweeping);
    }

    public List<Api> apis() {
        return List.of(api);
    }

    @Override
    public void close() {
        running.close();
    }
}
