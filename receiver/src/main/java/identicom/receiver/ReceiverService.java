package identicom.receiver;

import com.google.protobuf.InvalidProtocolBufferException;
import identicom.receiver.commands.CommandBook;
import identicom.receiver.metrics.ReceiverMetrics;
import identicom.receiver.progress.ProgressBook;
import identicom.receiver.publish.KafkaPublisher;
import identicom.receiver.server.SessionRegistry;
import identicom.receiver.server.Station;
import identicom.receiver.server.UnitsServer;
import identicom.receiver.session.PictureRules;
import identicom.receiver.session.Rules;
import identicom.receiver.session.SessionMachine;
import identicom.receiver.whitelist.JdbcUnitLookup;
import identicom.receiver.whitelist.Whitelist;
import identicom.runtime.config.Configuration;
import identicom.runtime.config.Key;
import identicom.runtime.db.Databases;
import identicom.runtime.http.Api;
import identicom.runtime.kafka.Clusters;
import identicom.runtime.kafka.TopicFollower;
import identicom.runtime.process.Health;
import identicom.runtime.process.Metrics;
import identicom.runtime.process.Stack;
import identicom.schema.Cluster;
import identicom.schema.Topic;
import identicom.schema.v1.SessionRecord;
import identicom.wire.event.EventClass;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A station: units dial in, their logs and pictures are taken, only what is durable is deleted. */
public final class ReceiverService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReceiverService.class);

    public static final List<Key<?>> KEYS = ReceiverSettings.KEYS;

    /** Connections to the database of the whitelist that a station opens at most. */
    public static final int CONNECTIONS = 4;

    private final ReceiverSettings settings;
    private final Health.Component health;
    private final Stack stack = new Stack();
    private final KafkaPublisher publisher;
    private final Whitelist whitelist;
    private final TopicFollower units;
    private final TopicFollower sessions;
    private final TopicFollower pictureProgress;
    private final TopicFollower commands;
    private final TopicFollower commandResults;
    private final UnitsServer server;
    private final Heartbeat heartbeat;
    private volatile boolean started;
    private final AtomicBoolean drained = new AtomicBoolean();

    /** Topics of main that a station reads all by itself. */
    private record Followers(Clusters clusters, Health health, Metrics metrics) {
        TopicFollower follow(
                String name, Topic topic, TopicFollower.From from, Consumer<ConsumerRecord<byte[], byte[]>> apply) {
            return new TopicFollower(name, Cluster.MAIN, topic.topicName(), from, clusters, apply, health, metrics);
        }
    }

    public ReceiverService(
            Configuration configuration, Clusters clusters, Health health, Metrics metrics, Path stateDirectory) {
        this.settings = ReceiverSettings.from(configuration);
        this.health = health.register("receiver", true);
        String name = StationName.of(settings.station(), stateDirectory);
        LongSupplier nowUs = () -> ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        ReceiverMetrics meters = new ReceiverMetrics(metrics.registry());
        SessionRegistry registry = new SessionRegistry();

        this.publisher = new KafkaPublisher(clusters, settings.publish(), name, meters, metrics.tracing(), nowUs);
        var database = stack.add(
                "whitelist database",
                Databases.open(
                        "whitelist",
                        configuration,
                        CONNECTIONS,
                        settings.whitelist().lookupLimit(),
                        metrics));
        this.whitelist = new Whitelist(
                settings.whitelist(),
                new JdbcUnitLookup(database),
                stateDirectory.resolve("whitelist"),
                this::listIsCurrent,
                meters,
                nowUs);
        whitelist.onDecommissioned(registry::decommissioned);
        Followers followers = new Followers(clusters, health, metrics);
        this.units = followers.follow("receiver-units", Topic.UNITS, TopicFollower.From.BEGINNING, whitelist::apply);
        this.sessions = followers.follow(
                "receiver-sessions", Topic.SESSIONS, TopicFollower.From.END, record -> opened(record, registry));
        ProgressBook progress = new ProgressBook(settings.pictures(), this::progressIsKnown);
        this.pictureProgress = followers.follow(
                "receiver-picture-progress", Topic.PICTURE_PROGRESS, TopicFollower.From.BEGINNING, progress::apply);
        CommandBook commandBook = new CommandBook(settings.commands(), this::commandsAreKnown);
        this.commands = followers.follow(
                "receiver-commands", Topic.COMMANDS, TopicFollower.From.back(CommandBook.SPAN), commandBook::command);
        this.commandResults = followers.follow(
                "receiver-command-results",
                Topic.COMMAND_RESULTS,
                TopicFollower.From.back(CommandBook.SPAN),
                commandBook::result);
        Rules rules = Rules.standard(code -> settings.catalogue().type(code).eventClass() == EventClass.CRITICAL);
        Station station = new Station(
                name,
                settings.server(),
                settings.catalogue(),
                new SessionMachine(
                        rules, PictureRules.standard(settings.pictures().maxBytes())),
                publisher,
                publisher,
                whitelist,
                progress,
                commandBook,
                meters,
                nowUs,
                System::nanoTime,
                () -> UUID.randomUUID().toString());
        this.server = new UnitsServer(station, registry);
        this.heartbeat = new Heartbeat(
                name,
                publisher::heartbeat,
                publisher::lastHeartbeat,
                publisher,
                server::draining,
                registry::servedCount,
                nowUs);
    }

    /** {@code identicom.units} was read to its end, and main answers: what is known of the units is right now. */
    private boolean listIsCurrent() {
        return units.caughtUp() && !publisher.mainSilent();
    }

    private boolean progressIsKnown() {
        return pictureProgress.caughtUp();
    }

    private boolean commandsAreKnown() {
        return commands.caughtUp() && commandResults.caughtUp();
    }

    private static void opened(ConsumerRecord<byte[], byte[]> record, SessionRegistry registry) {
        if (record.value() == null) {
            return;
        }
        try {
            SessionRecord session = SessionRecord.parseFrom(record.value());
            if (session.hasOpened()) {
                registry.openedRecord(session.getSerial(), session.getSessionId());
            }
        } catch (InvalidProtocolBufferException e) {
            LOG.warn("No session record at partition {} offset {}: left out", record.partition(), record.offset());
        }
    }

    /** @throws UncheckedIOException the units' port cannot be had */
    public void start() {
        stack.onClose("station's health", () -> health.down("stopped"));
        stack.add("publishing", publisher).start();
        stack.add("whitelist", whitelist).load();
        stack.add("unit records", units).start();
        stack.add("session records", sessions).start();
        stack.add("picture progress", pictureProgress).start();
        stack.add("commands", commands).start();
        stack.add("command results", commandResults).start();
        stack.add("heartbeat", heartbeat);
        try {
            stack.add("units' server", server).start();
        } catch (IOException e) {
            health.down(String.valueOf(e.getMessage()));
            throw new UncheckedIOException(e.getMessage(), e);
        }
        started = true;
        heartbeat.start(settings.server().heartbeat());
        heartbeat.also(settings.whitelist().saveInterval(), whitelist::save);
        publisher.onChange(this::tellHealth);
        tellHealth();
        LOG.info("Units are listened for on port {}", server.port());
    }

    private void tellHealth() {
        if (publisher.nowhere()) {
            health.down("a critical event can be accepted nowhere: neither cluster answers");
        } else if (server.draining()) {
            health.down("stopping");
        } else {
            health.up();
        }
    }

    /** The port on which units are listened for. */
    public int unitsPort() {
        return server.port();
    }

    /** A station has no HTTP interface of its own. */
    public List<Api> apis() {
        return List.of();
    }

    /**
     * Stops serving in good order: probes are answered with 1 for two probe intervals while units are still served, then the
     * listener is closed and every session brought to a safe point. A second call does nothing.
     */
    public void drain() {
        if (!started || !drained.compareAndSet(false, true)) {
            return;
        }
        server.announceDrain();
        tellHealth();
        try {
            TimeUnit.MILLISECONDS.sleep(2 * settings.server().probeInterval().toMillis());
            server.drain();
            heartbeat.last(settings.publish().flush());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Drains where that was not done, closes what is still open, and sends what is queued. */
    @Override
    public void close() {
        drain();
        stack.close();
    }
}
