package identicom.standalone.process;

import identicom.alertservice.AlertService;
import identicom.fleetservice.FleetService;
import identicom.logservice.LogService;
import identicom.mediaservice.MediaService;
import identicom.receiver.ReceiverService;
import identicom.runtime.config.Configuration;
import identicom.runtime.config.ConfigurationException;
import identicom.runtime.config.Key;
import identicom.runtime.db.Databases;
import identicom.runtime.http.HttpSettings;
import identicom.runtime.kafka.Clusters;
import identicom.runtime.logging.Logging;
import identicom.runtime.tracing.Tracing;
import identicom.schema.Profile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The configuration keys of all processes, and how they are read. */
public final class ProcessKeys {
    public static final Key<Path> DATA =
            Key.path("data", Path.of("data"), "folder for the embedded parts and for what a service keeps on disk");
    public static final Key<Boolean> RESTART_CHILDREN = Key.flag(
            "standalone.restart-children", true, "start an embedded broker or database again when it ends by itself");
    public static final Key<Duration> RESTART_DELAY = Key.duration(
            "standalone.restart-delay",
            Duration.ofSeconds(10),
            "before an embedded broker or database is started again; doubles up to 60 s");
    public static final Key<Profile> PROFILE = Key.choice(
            "migrate.profile", Profile.class, Profile.PRODUCTION, "how migrate makes topics, and doctor expects them");
    public static final String ADMIN_DATABASE = "admin";

    private ProcessKeys() {}

    /** Every key that any process reads. */
    public static List<Key<?>> all() {
        Map<String, Key<?>> keys = new LinkedHashMap<>();
        for (Collection<Key<?>> group : List.of(
                List.<Key<?>>of(DATA, RESTART_CHILDREN, RESTART_DELAY, PROFILE),
                Logging.KEYS,
                Tracing.KEYS,
                HttpSettings.KEYS,
                Clusters.KEYS,
                ReceiverService.KEYS,
                FleetService.KEYS,
                LogService.KEYS,
                AlertService.KEYS,
                MediaService.KEYS,
                Databases.keys("whitelist"),
                Databases.keys(ADMIN_DATABASE))) {
            group.forEach(key -> keys.putIfAbsent(key.name(), key));
        }
        return new ArrayList<>(keys.values());
    }

    /** The configuration file's values and over them the environment's. */
    public static Configuration load(@Nullable Path file) throws ConfigurationException {
        return Configuration.load(file, System.getenv(), all());
    }
}
