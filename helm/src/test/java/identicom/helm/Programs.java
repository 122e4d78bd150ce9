package identicom.helm;

import identicom.alertservice.AlertService;
import identicom.fleetservice.FleetService;
import identicom.logservice.LogService;
import identicom.mediaservice.MediaService;
import identicom.receiver.ReceiverService;
import identicom.runtime.config.Key;
import identicom.runtime.db.Databases;
import identicom.runtime.http.HttpSettings;
import identicom.runtime.kafka.Clusters;
import identicom.runtime.logging.Logging;
import identicom.runtime.tracing.Tracing;
import identicom.standalone.process.ProcessKeys;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The programs that the chart runs, by their commands, and the configuration keys that each of them reads. */
final class Programs {
    static final Map<String, List<Key<?>>> KEYS = keys();

    private Programs() {}

    private static Map<String, List<Key<?>>> keys() {
        Map<String, List<Key<?>>> keys = new LinkedHashMap<>();
        keys.put("receiver", serving(ReceiverService.KEYS));
        keys.put("alert-service", serving(AlertService.KEYS));
        keys.put("fleet-service", serving(FleetService.KEYS));
        keys.put("log-service", serving(LogService.KEYS));
        keys.put("media-service", serving(MediaService.KEYS));
        keys.put(
                "migrate",
                Stream.of(
                                Logging.KEYS,
                                Clusters.KEYS,
                                List.<Key<?>>of(ProcessKeys.PROFILE),
                                Databases.keys(ProcessKeys.ADMIN_DATABASE),
                                passwords("fleet", "alerts", "event-log", "media", "whitelist"))
                        .<Key<?>>flatMap(List::stream)
                        .toList());
        return keys;
    }

    private static List<Key<?>> serving(List<Key<?>> own) {
        return Stream.of(
                        List.<Key<?>>of(ProcessKeys.DATA),
                        Logging.KEYS,
                        Tracing.KEYS,
                        HttpSettings.KEYS,
                        Clusters.KEYS,
                        own)
                .<Key<?>>flatMap(List::stream)
                .toList();
    }

    private static List<Key<?>> passwords(String... databases) {
        return Stream.of(databases)
                .flatMap(database -> Databases.keys(database).stream())
                .<Key<?>>filter(Key::secret)
                .toList();
    }

    /** The key of that program which an environment variable sets. */
    static Optional<Key<?>> keyOf(String program, String variable) {
        return KEYS.get(program).stream()
                .<Key<?>>filter(key -> key.isFamily()
                        ? variable.startsWith(key.variable())
                                && variable.length() > key.variable().length()
                        : variable.equals(key.variable()))
                .findFirst();
    }
}
