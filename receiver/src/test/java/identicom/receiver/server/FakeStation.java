package identicom.receiver.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import identicom.receiver.commands.CommandBook;
import identicom.receiver.commands.CommandSettings;
import identicom.receiver.metrics.ReceiverMetrics;
import identicom.receiver.progress.PictureSettings;
import identicom.receiver.progress.ProgressBook;
import identicom.receiver.publish.Publisher;
import identicom.receiver.publish.Receipt;
import identicom.receiver.publish.StationState;
import identicom.receiver.session.PictureRules;
import identicom.receiver.session.Rules;
import identicom.receiver.session.SessionMachine;
import identicom.receiver.session.Verdict;
import identicom.receiver.whitelist.Judge;
import identicom.schema.Cluster;
import identicom.schema.v1.CommandResult;
import identicom.schema.v1.Event;
import identicom.schema.v1.EventClass;
import identicom.schema.v1.PictureBlock;
import identicom.schema.v1.PictureIdentity;
import identicom.schema.v1.PictureProgress;
import identicom.schema.v1.Quarantined;
import identicom.schema.v1.SessionRecord;
import identicom.wire.event.EventCatalogue;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A real server on a free port, with what is behind it under the test's hand. Serials beginning with X are unknown. */
final class FakeStation implements AutoCloseable, Publisher, StationState {
    record Pending(Event event, Receipt receipt) {}

    /** For what nobody hurries: a unit's answers come when the machine has time for them. */
    static final Duration LONG = Duration.ofMinutes(3);

    static final Duration SHORT = Duration.ofMillis(500);

    final List<Event> events = new CopyOnWriteArrayList<>();
    final List<Quarantined> quarantined = new CopyOnWriteArrayList<>();
    final List<SessionRecord> sessionRecords = new CopyOnWriteArrayList<>();
    final List<PictureBlock> pictures = new CopyOnWriteArrayList<>();
    final List<PictureProgress> progress = new CopyOnWriteArrayList<>();
    final List<PictureIdentity> gone = new CopyOnWriteArrayList<>();
    final List<CommandResult> commandResults = new CopyOnWriteArrayList<>();
    final CommandBook commands = new CommandBook(new CommandSettings(1_000), () -> true);
    final Set<String> identifying = ConcurrentHashMap.newKeySet();
    final Queue<Pending> pending = new ConcurrentLinkedQueue<>();
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final SessionRegistry sessions = new SessionRegistry();
    final UnitsServer server;
    volatile boolean acknowledging = true;
    volatile boolean mainSilent;
    volatile boolean nowhere;
    volatile boolean outboxFull;
    volatile boolean criticalFull;
    volatile boolean picturesFull;
    /** Runs on the session's event loop when it was judged, and again when it has ended. */
    volatile Runnable whenIdentified = () -> {};

    final AtomicInteger criticalFullAsked = new AtomicInteger();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    FakeStation() {
        this(UnaryOperator.identity());
    }

    FakeStation(UnaryOperator<ServerSettings> change) {
        this(change, FakeStation::judge);
    }

    FakeStation(UnaryOperator<ServerSettings> change, Judge judge) {
        this(
                change,
                judge,
                PictureRules.NOT_ASKED,
                new ProgressBook(new PictureSettings(1, 100, Duration.ZERO), () -> true));
    }

    /** One that asks for pictures. */
    FakeStation(ProgressBook book) {
        this(UnaryOperator.identity(), FakeStation::judge, PictureRules.standard(100_000), book);
    }

    private static void judge(String serial, Consumer<Verdict> answer) {
        answer.accept(
                switch (serial.charAt(0)) {
                    case 'X' -> Verdict.UNREGISTERED;
                    case 'U' -> Verdict.UNVERIFIED;
                    default -> Verdict.whitelisted(Long.MAX_VALUE);
                });
    }

    private FakeStation(
            UnaryOperator<ServerSettings> change, Judge judge, PictureRules pictureRules, ProgressBook book) {
        EventCatalogue catalogue = EventCatalogue.standard();
        Rules rules =
                Rules.standard(code -> catalogue.type(code).eventClass() == identicom.wire.event.EventClass.CRITICAL);
        server = new UnitsServer(
                new Station(
                        "station-a",
                        change.apply(settings()),
                        catalogue,
                        new SessionMachine(rules, pictureRules),
                        this,
                        this,
                        judge,
                        book,
                        commands,
                        new ReceiverMetrics(registry),
                        () -> ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()),
                        System::nanoTime,
                        () -> UUID.randomUUID().toString()),
                sessions);
        try {
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ServerSettings settings() {
        return new ServerSettings(
                "127.0.0.1",
                0,
                2,
                List.of(),
                1_000,
                20,
                Duration.ofSeconds(2),
                limits(LONG, LONG, LONG),
                Duration.ZERO,
                LONG,
                Duration.ofSeconds(2));
    }

    /** A station that is patient but for these times. */
    static FakeStation within(Duration identification, Duration refusal, Duration settle) {
        return new FakeStation(s -> with(s, limits(identification, refusal, settle)));
    }

    private static ServerSettings.SessionLimits limits(Duration identification, Duration refusal, Duration settle) {
        return new ServerSettings.SessionLimits(
                identification.dividedBy(3), identification, refusal, LONG, settle, SHORT, LONG.multipliedBy(10));
    }

    private static ServerSettings with(ServerSettings s, ServerSettings.SessionLimits limits) {
        return new ServerSettings(
                s.host(),
                s.port(),
                s.threads(),
                s.trustedProxies(),
                s.maxConnections(),
                s.unidentifiedPercent(),
                s.unidentifiedAfter(),
                limits,
                s.probeInterval(),
                s.drainLimit(),
                s.heartbeat());
    }

    int port() {
        return server.port();
    }

    double count(String meter, String label, String value) {
        return registry.get(meter).tag(label, value).counter().count();
    }

    /** Waits until the meter stands at 1. */
    void counted(String meter, String label, String value) {
        await().untilAsserted(() -> assertThat(count(meter, label, value)).isEqualTo(1));
    }

    void changed() {
        listeners.forEach(Runnable::run);
    }

    void acknowledgeAll() {
        acknowledging = true;
        for (Pending one = pending.poll(); one != null; one = pending.poll()) {
            acknowledge(one.event(), one.receipt());
        }
    }

    private static void acknowledge(Event event, Receipt receipt) {
        receipt.acknowledged(Cluster.MAIN, 1);
        if (event.getEventClass() == EventClass.CRITICAL) {
            receipt.acknowledged(Cluster.PRIORITY, 2);
        }
    }

    @Override
    public void event(Event event, Receipt receipt) {
        events.add(event);
        if (acknowledging) {
            acknowledge(event, receipt);
        } else {
            pending.add(new Pending(event, receipt));
        }
    }

    @Override
    public void picture(PictureBlock block, Receipt receipt) {
        pictures.add(block);
        receipt.acknowledged(Cluster.MAIN, 1);
    }

    @Override
    public void pictureProgress(PictureProgress record, Receipt receipt) {
        progress.add(record);
        receipt.acknowledged(Cluster.MAIN, 1);
    }

    @Override
    public void commandResult(CommandResult result) {
        commandResults.add(result);
    }

    @Override
    public void pictureGone(PictureIdentity picture) {
        gone.add(picture);
    }

    @Override
    public void quarantine(Quarantined record) {
        quarantined.add(record);
    }

    @Override
    public long identifying(String sessionId) {
        identifying.add(sessionId);
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    @Override
    public void identified(String sessionId) {
        identifying.remove(sessionId);
        whenIdentified.run();
    }

    @Override
    public void session(SessionRecord record) {
        sessionRecords.add(record);
    }

    @Override
    public void heartbeat(SessionRecord record) {
        sessionRecords.add(record);
    }

    @Override
    public boolean mainSilent() {
        return mainSilent;
    }

    @Override
    public boolean prioritySilent() {
        return false;
    }

    @Override
    public boolean outboxFull() {
        return outboxFull;
    }

    @Override
    public boolean picturesFull() {
        return picturesFull;
    }

    @Override
    public boolean criticalFull() {
        criticalFullAsked.incrementAndGet();
        return criticalFull;
    }

    @Override
    public boolean nowhere() {
        return nowhere;
    }

    @Override
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    @Override
    public void close() {
        server.close();
    }
}
