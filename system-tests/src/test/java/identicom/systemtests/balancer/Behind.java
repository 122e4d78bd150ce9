package identicom.systemtests.balancer;

import identicom.systemtests.backing.Backing;
import identicom.systemtests.backing.Backing.Running;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What stands behind a load balancer: stations 1, 2, … and services of the control room, each a process of its own. */
public final class Behind implements AutoCloseable {
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
    public static Behind on(Backing backing) {
        return new Behind(backing);
    }

    /** @param service such as {@code fleet-service} @param more configuration, as environment variables */
    public Behind with(String service, Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("IDENTICOM_HTTP_TRUSTED_PROXIES", LOCALHOST + "/32");
        services.put(service, environment);
        return this;
    }

    /** One more station. @param more configuration, as environment variables */
    public Behind withStation(Map<String, String> more) throws IOException {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("IDENTICOM_RECEIVER_STATION", station(stations.size() + 1));
        environment.put("IDENTICOM_UNITS_HOST", LOCALHOST);
        environment.put(PORT, Integer.toString(Backing.freePort()));
        stations.add(environment);
        return this;
    }

    /** Starts all of it at the same time; returns when everything is ready. */
    public Behind start() throws IOException, InterruptedException {
        try (ExecutorService starting = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> started = new ArrayList<>();
            services.forEach((service, more) -> started.add(starting.submit(() -> start(service, service, more))));
            for (int number = 1; number <= stations.size(); number++) {
                int station = number;
                started.add(starting.submit(() -> startStation(station)));
            }
            for (Future<?> one : started) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e.getCause());
        }
        return this;
    }

    /** Starts a station again after its end, where units have always found it; returns when it is ready. */
    public Running startStation(int number) throws IOException, InterruptedException {
        return start("receiver", station(number), stations.get(number - 1));
    }

    /** Starts a service again after its end; returns when it is ready. */
    public Running startService(String service) throws IOException, InterruptedException {
        return start(service, service, services.get(service));
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
    public static String station(int number) {
        return "station-" + number;
    }

    int stations() {
        return stations.size();
    }

    boolean has(String name) {
        return running.containsKey(name);
    }

    /** A station, or a service by its name. */
    public Running process(String name) {
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
    public String stationAddress(int number) {
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
