package identicom.mediaservice;

import com.zaxxer.hikari.HikariDataSource;
import identicom.mediaservice.assembly.PictureIntake;
import identicom.mediaservice.http.ContentApi;
import identicom.mediaservice.http.PicturesApi;
import identicom.mediaservice.http.ViewTrail;
import identicom.mediaservice.index.Holdings;
import identicom.mediaservice.index.Index;
import identicom.mediaservice.index.PictureList;
import identicom.mediaservice.index.StoreOwnership;
import identicom.mediaservice.store.FolderStore;
import identicom.mediaservice.store.PictureStore;
import identicom.mediaservice.sweep.Sweep;
import identicom.mediaservice.sweep.SweepSchedule;
import identicom.runtime.config.Configuration;
import identicom.runtime.config.Key;
import identicom.runtime.db.Databases;
import identicom.runtime.http.Api;
import identicom.runtime.kafka.Clusters;
import identicom.runtime.kafka.ConsumeLoop;
import identicom.runtime.kafka.KafkaQuarantine;
import identicom.runtime.kafka.OutboxRelay;
import identicom.runtime.process.Health;
import identicom.runtime.process.Metrics;
import identicom.runtime.process.Stack;
import identicom.schema.DatabaseSchema;
import identicom.schema.Topic;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Pictures: put together from the topic's blocks, kept in the store, served over HTTP. Built here, stopped in reverse. */
public final class MediaService implements AutoCloseable {
    /** Where pictures stand. */
    public static final Key<Path> STORE = Key.path(
            "media.store",
            Path.of(""),
            "folder of the pictures, shared by all instances of media-service; left out: pictures in the data folder");

    private static final Key<Integer> MAX_PICTURE_BYTES = Key.integer(
            "media.max-picture-bytes",
            16 * 1_048_576,
            1_048_576,
            256 * 1_048_576,
            "a picture above it goes to quarantine; not below the stations' limit, one is held in memory");
    private static final Key<Duration> SWEEP_INTERVAL = Key.duration(
            "media.sweep-interval",
            Duration.ofHours(24),
            "between two comparisons of the index with the store; the first is at the start");

    /** Every configuration key of this service. */
    public static final List<Key<?>> KEYS = Stream.concat(
                    Databases.keys("media").stream(), Stream.<Key<?>>of(STORE, MAX_PICTURE_BYTES, SWEEP_INTERVAL))
            .toList();

    /** Connections to its database that an instance opens at most. */
    public static final int CONNECTIONS = 12;

    private static final int MAX_BATCH = 2_000;

    private final Stack stack = new Stack();
    private final OutboxRelay relay;
    private final SweepSchedule sweeps;
    private final ConsumeLoop blocks;
    private final Api api = new Api("media-service");

    /** @param stateDirectory holds the store where the configuration names no other folder */
    public MediaService(
            Configuration configuration, Clusters clusters, Health health, Metrics metrics, Path stateDirectory) {
        HikariDataSource database =
                stack.add("media database", Databases.open("media", configuration, CONNECTIONS, metrics));
        PictureStore store = new FolderStore(folder(configuration, stateDirectory));
        Index index = new Index(database);
        StoreOwnership ownership = new StoreOwnership(index, store);
        KafkaQuarantine quarantine = stack.add("media quarantine", new KafkaQuarantine(clusters, metrics));
        relay = stack.add(
                "media outbox",
                new OutboxRelay(DatabaseSchema.MEDIA.schemaName(), database, clusters, health, metrics));
        sweeps = stack.add(
                "media sweep",
                new SweepSchedule(
                        new Sweep(index, new Holdings(database), store, ownership),
                        configuration.get(SWEEP_INTERVAL),
                        health,
                        metrics));
        blocks = stack.add(
                "media pictures",
                new ConsumeLoop(
                        ConsumeLoop.Options.main("media-pictures", MAX_BATCH, Topic.PICTURES),
                        clusters,
                        new PictureIntake(index, store, ownership, configuration.get(MAX_PICTURE_BYTES), metrics),
                        quarantine,
                        health,
                        metrics));
        new PicturesApi(new PictureList(database)).bindTo(api);
        new ContentApi(database, store, new ViewTrail(relay::wake, Clock.systemUTC())).bindTo(api);
    }

    private static Path folder(Configuration configuration, Path stateDirectory) {
        Path given = configuration.get(STORE);
        return given.toString().isEmpty() ? stateDirectory.resolve("pictures") : given;
    }

    /** Starts whether the database and the cluster are there or not: what is there is used, the rest when it comes. */
    public void start() {
        relay.start();
        sweeps.start();
        blocks.start();
    }

    public List<Api> apis() {
        return List.of(api);
    }

    @Override
    public void close() {
        stack.close();
    }
}
