package identicom.standalone.system;

import identicom.embedded.KafkaBroker;
import identicom.embedded.Postgres;
import identicom.runtime.config.Configuration;
import identicom.runtime.kafka.Clusters;
import identicom.runtime.kafka.TopicAdmin;
import identicom.runtime.process.Stack;
import identicom.schema.DatabaseSchema;
import identicom.schema.Migrations;
import identicom.schema.Profile;
import identicom.standalone.process.ProcessKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;

/** Two Kafka clusters of one broker each and a PostgreSQL, as children of this process; migrated and ready for the services. */
final class EmbeddedParts implements AutoCloseable {
    /** 22 characters of base64 each: what a cluster is known by. */
    private static final String MAIN_ID = "aWRlbnRpY29tLW1haW4tMA";

    private static final String PRIORITY_ID = "aWRlbnRpY29tLXByaW9yLQ";
    private static final String[] SERVICES = {"fleet", "alerts", "event-log", "media"};

    private final Stack children = new Stack();
    private final Clusters clusters;
    private final Map<String, String> databases;
    private final Postgres postgres;

    private EmbeddedParts(KafkaBroker main, KafkaBroker priority, Postgres postgres, Map<String, String> databases) {
        this.clusters = new Clusters(
                Map.of("bootstrap.servers", main.bootstrapServers()),
                Map.of("bootstrap.servers", priority.bootstrapServers()));
        this.databases = databases;
        this.postgres = postgres;
    }

    /**
     * Starts all three at once.
     *
     * @param progress told what is done, for a person
     * @throws IOException one did not start; the others are stopped again
     */
    static EmbeddedParts start(
            DataFolder folder, Secrets secrets, Configuration configuration, Consumer<String> progress)
            throws IOException, InterruptedException {
        progress.accept("starting Kafka main, Kafka priority and PostgreSQL");
        FutureTask<KafkaBroker> main = inBackground("start-main", () -> broker(folder, "main", MAIN_ID, progress));
        FutureTask<KafkaBroker> priority =
                inBackground("start-priority", () -> broker(folder, "priority", PRIORITY_ID, progress));
        FutureTask<Postgres> postgres = inBackground("start-postgres", () -> {
            Postgres started = Postgres.start(Prepared.postgresIn(folder.folder("postgres")));
            progress.accept("PostgreSQL runs on port " + started.port());
            return started;
        });
        try {
            Postgres database = await(postgres);
            Map<String, String> settings = migrate(database, secrets, progress);
            EmbeddedParts parts = new EmbeddedParts(await(main), await(priority), database, settings);
            TopicAdmin.createMissing(parts.clusters, Profile.EMBEDDED, progress);
            parts.supervise(main.resultNow(), priority.resultNow(), configuration);
            return parts;
        } catch (IOException | InterruptedException | RuntimeException e) {
            closeStarted(main);
            closeStarted(priority);
            closeStarted(postgres);
            throw e;
        }
    }

    private static KafkaBroker broker(DataFolder folder, String name, String id, Consumer<String> progress)
            throws IOException {
        Path directory = folder.folder("kafka-" + name);
        KafkaBroker started = KafkaBroker.start(
                KafkaBroker.Options.in(directory).withClusterId(id).withJvmOptions(Prepared.forBroker()));
        progress.accept("Kafka " + name + " runs on port " + started.port());
        return started;
    }

    private static Map<String, String> migrate(Postgres postgres, Secrets secrets, Consumer<String> progress)
            throws IOException {
        Map<String, String> settings = new HashMap<>();
        Map<DatabaseSchema, String> passwords = new EnumMap<>(DatabaseSchema.class);
        for (int i = 0; i < SERVICES.length; i++) {
            String password = secrets.of("database." + SERVICES[i] + ".password");
            passwords.put(DatabaseSchema.values()[i], password);
            access(settings, SERVICES[i], postgres, password);
        }
        String whitelist = secrets.of("database.whitelist.password");
        access(settings, "whitelist", postgres, whitelist);
        try {
            Migrations.migrate(Migrations.Plan.oneDatabase(admin(postgres), passwords, whitelist), progress);
        } catch (java.sql.SQLException e) {
            throw new IOException("the database could not be migrated: " + e.getMessage(), e);
        }
        return settings;
    }

    private static void access(Map<String, String> settings, String service, Postgres postgres, String password) {
        settings.put("database." + service + ".url", postgres.jdbcUrl());
        settings.put("database." + service + ".password", password);
    }

    private static Migrations.Admin admin(Postgres postgres) {
        return new Migrations.Admin(postgres.jdbcUrl(), postgres.user(), postgres.password());
    }

    private void supervise(KafkaBroker main, KafkaBroker priority, Configuration configuration) {
        supervise("PostgreSQL", new PostgresChild(postgres), configuration);
        supervise("Kafka main", new BrokerChild(main), configuration);
        supervise("Kafka priority", new BrokerChild(priority), configuration);
    }

    private void supervise(String name, Supervised.Child child, Configuration configuration) {
        Supervised supervised =
                children.add(name, new Supervised(name, child, configuration.get(ProcessKeys.RESTART_DELAY)));
        if (configuration.get(ProcessKeys.RESTART_CHILDREN)) {
            supervised.start();
        }
    }

    Clusters clusters() {
        return clusters;
    }

    /** Where each service finds its database, as configuration keys. */
    Map<String, String> databases() {
        return databases;
    }

    /** The database's owner. */
    Migrations.Admin admin() {
        return admin(postgres);
    }

    @Override
    public void close() {
        children.close();
    }

    private static <T> FutureTask<T> inBackground(String thread, Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread.ofPlatform().name(thread).start(task);
        return task;
    }

    private static <T> T await(FutureTask<T> task) throws IOException, InterruptedException {
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failed ? failed : new IOException(e.getCause());
        }
    }

    private static void closeStarted(FutureTask<? extends AutoCloseable> task) {
        try {
            task.get().close();
        } catch (Exception e) {
            org.slf4j.LoggerFactory.getLogger(EmbeddedParts.class).debug("an embedded part had not started", e);
        }
    }

    private record BrokerChild(KafkaBroker broker) implements Supervised.Child {
        @Override
        public CompletableFuture<Void> onExit() {
            return broker.onExit();
        }

        @Override
        public Supervised.Child again() throws IOException {
            return new BrokerChild(broker.restart());
        }

        @Override
        public void close() {
            broker.close();
        }
    }

    private record PostgresChild(Postgres postgres) implements Supervised.Child {
        @Override
        public CompletableFuture<Void> onExit() {
            return postgres.onExit();
        }

        @Override
        public Supervised.Child again() throws IOException, InterruptedException {
            return new PostgresChild(postgres.restart());
        }

        @Override
        public void close() {
            postgres.close();
        }
    }
}
