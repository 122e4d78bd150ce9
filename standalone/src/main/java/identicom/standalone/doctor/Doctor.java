package identicom.standalone.doctor;

import identicom.runtime.config.Configuration;
import identicom.runtime.config.ConfigurationException;
import identicom.runtime.http.HttpSettings;
import identicom.runtime.kafka.Clusters;
import identicom.schema.Cluster;
import identicom.schema.Profile;
import identicom.standalone.process.ListeningPort;
import identicom.standalone.process.ProcessKeys;
import identicom.standalone.process.ServiceKind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Everything that is looked at for some services, made from their configuration. */
public final class Doctor {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final List<Check> checks = new ArrayList<>();
    private final Masked masked;

    private Doctor(Configuration configuration) {
        this.masked = Masked.of(configuration);
    }

    /**
     * For one instance of each of these services on this machine.
     *
     * @throws ConfigurationException a cluster's address is missing
     */
    public static Doctor of(Configuration configuration, Set<ServiceKind> services) throws ConfigurationException {
        Clusters clusters = Clusters.from(configuration);
        Doctor doctor = new Doctor(configuration);
        doctor.addClusters(clusters, configuration.get(ProcessKeys.PROFILE), Needs.of(services));
        doctor.addDatabases(configuration, services);
        doctor.addMachine(configuration, services);
        if (services.contains(ServiceKind.FLEET_SERVICE)) {
            doctor.checks.add(
                    new AdministratorCheck(!configuration.text("admin.password").isEmpty()));
        }
        if (services.contains(ServiceKind.ALERT_SERVICE)) {
            doctor.checks.addAll(Outside.checks(configuration));
        }
        return doctor;
    }

    private void addClusters(Clusters clusters, Profile profile, Needs needs) {
        List<CompletableFuture<String>> ids = new ArrayList<>();
        for (Cluster cluster : List.of(Cluster.MAIN, Cluster.PRIORITY)) {
            checks.addAll(BootstrapServers.checks(clusters, cluster));
            KafkaCheck check = new KafkaCheck(cluster, clusters, profile, needs);
            checks.add(check);
            ids.add(check.id());
        }
        checks.add(new TwoClustersCheck(ids.getFirst(), ids.getLast(), profile));
    }

    private void addDatabases(Configuration configuration, Set<ServiceKind> services) {
        Map<String, Integer> needed = new HashMap<>();
        for (ServiceKind service : services) {
            DatabaseAccess access = DatabaseAccess.of(service.database(), configuration);
            needed.merge(access.server(), service.connections(), Integer::sum);
        }
        for (ServiceKind service : services) {
            DatabaseAccess access = DatabaseAccess.of(service.database(), configuration);
            checks.add(
                    new DatabaseCheck(access, service.schema(), needed.get(access.server()), InstantSource.system()));
        }
    }

    private void addMachine(Configuration configuration, Set<ServiceKind> services) {
        Path data = configuration.get(ProcessKeys.DATA);
        checks.add(new FolderCheck("data folder", ProcessKeys.DATA.name(), data));
        if (services.contains(ServiceKind.MEDIA_SERVICE)) {
            String store = configuration.text("media.store");
            checks.add(new FolderCheck(
                    "media store", "media.store", store.isEmpty() ? data.resolve("pictures") : Path.of(store)));
        }
        HttpSettings http = HttpSettings.from(configuration);
        checks.add(new PortCheck(new ListeningPort("http.port", http.host(), http.port())));
        if (services.contains(ServiceKind.RECEIVER)) {
            checks.add(new PortCheck(new ListeningPort(
                    "units.port",
                    configuration.text("units.host"),
                    Integer.parseInt(configuration.text("units.port")))));
        }
    }

    /**
     * Looks at everything, for at most 30 s in all. Changes nothing.
     *
     * @param findings told each of them, in the order of what is looked at
     * @param progress told what is waited for
     */
    public Tally examine(Consumer<Finding> findings, Consumer<String> progress) throws InterruptedException {
        Tally tally = new Tally();
        progress.accept("looking at clusters, databases and this machine, for at most " + LIMIT.toSeconds() + " s");
        new Examination(LIMIT, progress).of(checks, finding -> {
            tally.add(finding);
            findings.accept(masked.of(finding));
        });
        return tally;
    }
}
