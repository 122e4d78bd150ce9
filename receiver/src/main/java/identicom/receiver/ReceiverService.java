package identicom.receiver;

import identicom.runtime.config.Configuration;
import identicom.runtime.config.Key;
import identicom.runtime.http.Api;
import identicom.runtime.kafka.Clusters;
import identicom.runtime.process.Health;
import identicom.runtime.process.Metrics;
import java.nio.file.Path;
import java.util.List;

/** A station: units dial in, their logs are taken, only what is durable is deleted. */
public final class ReceiverService implements AutoCloseable {
    public static final List<Key<?>> KEYS = ReceiverSettings.KEYS;

    private final ReceiverSettings settings;

    public ReceiverService(
            Configuration configuration, Clusters clusters, Health health, Metrics metrics, Path stateDirectory) {
        this.settings = ReceiverSettings.from(configuration);
    }

    public void start() {}

    /** The port on which units are listened for. */
    public int unitsPort() {
        return settings.server().port();
    }

    /** A station has no HTTP interface of its own. */
    public List<Api> apis() {
        return List.of();
    }

    /** Stops serving in good order; within 30 s. */
    public void drain() {}

    @Override
    public void close() {}
}
