package identicom.systemtests.balancer;

import identicom.systemtests.backing.Backing;
import identicom.systemtests.backing.Backing.Running;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What stands behind a load balancer: stations 1, 2, … and services of the control room, each a process of its own. */
final class Behind implements AutoCloseable {
    private static final String LOCALHOST = "127.0.0.1";
    private static final String PORT = "IDENTICOM_UNITS_PORT";

    private final Backing backing;
    private final Map<String, Map<String, String>> services = new HashMap<>();
    private final List<Map<String, String>> stations = new ArrayList<>();
    private final Map<String, Running> running = new ConcurrentHashMap<>();

    private Behind(Backing backing) {
        this.backing = backing;
    }

    /** Nothing yet, on a broker and a database that end with it. */
    static Behind on(Backing backing) {
        return new Behind(backing);
    }

    /** @param service such as {@code fleet-service} @param more configuration, as environment variables */
    Behind with(String service, Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("IDENTICOM_HTTP_TRUSTED_PROXIES", LOCALHOST + "/32");
        services.put(service, environment);
        return this;
    }

    /** One more station. @param more configuration, as environment variables */
    Behind withStation(Map<String, String> more) throws IOException {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("IDENTICOM_RECEIVER_STATION", station(stations.size() + 1));
        environment.put("IDENTICOM_UNITS_HOST", LOCALHOST);
        environment.put(PORT, Integer.toString(Backing.freePort()));
        stations.add(environment);
        return this;
    }

    /** Starts the services at the same time, then the stations; returns when everything is ready. */
    Behind start() throws IOException, InterruptedException {
        List<Callable<Running>> control = new ArrayList<>();
        services.forEach((service, more) -> control.add(() -> start(service, service, more)));
        together(control);
        List<Callable<Running>> receiving = new ArrayList<>();
        for (int number = 1; number <= stations.size(); number++) {
            int station = number;
            receiving.add(() -> startStation(station));
        }
        together(receiving);
        return this;
    }

    private static void together(List<Callable<Running>> starts) throws IOException, InterruptedException {
        try (ExecutorService starting = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Running> one : starting.invokeAll(starts)) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e.getCause());
        }
    }

    /** Starts a station again after its end, where units have always found it; returns when it is ready. */
    Running startStation(int number) throws IOException, InterruptedException {
        return start("receiver", station(number), stations.get(number - 1));
    }

    private Running start(String service, String name, Map<String, String> more)
            throws IOException, InterruptedException {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("IDENTICOM_DATA", backing.folder().resolve(name).toString());
        Running started = backing.startService(service, environment);
        running.put(name, started);
        return started;
    }

    /** The name of a station. */
    static String station(int number) {
        return "station-" + number;
    }

    int stations() {
        return stations.size();
    }

    boolean has(String name) {
        return running.containsKey(name);
    }

    /** A station, or a service by its name. */
    Running process(String name) {
        Running found = running.get(name);
        if (found == null) {
            throw new IllegalArgumentException("process: " + name + " (expected: one of " + running.keySet() + ")");
        }
        return found;
    }

    int unitsPort(int station) {
        return Integer.parseInt(stations.get(station - 1).get(PORT));
    }

    /** Where a balancer finds a station. */
    String stationAddress(int number) {
        return LOCALHOST + ":" + unitsPort(number);
    }

    /** Where a balancer finds a service. */
    String serviceAddress(String service) {
        return LOCALHOST + ":" + process(service).port();
    }

    Backing backing() {
        return backing;
    }

    @Override
    public void close() throws IOException, SQLException {
        for (Running one : running.values()) {
            one.close();
        }
        backing.close();
    }
}
