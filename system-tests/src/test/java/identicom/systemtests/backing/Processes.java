package identicom.systemtests.backing;

import identicom.systemtests.backing.Backing.Running;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Stations 1, 2, … and instances 1, 2, … of services, each a process of its own with a data folder of its own. */
public final class Processes implements AutoCloseable {
    private static final String LOCALHOST = "127.0.0.1";
    private static final String PORT = "IDENTICOM_UNITS_PORT";
    private static final String RECEIVER = "receiver";

    /** What a process is started with. @param more configuration, as environment variables */
    private record Planned(String command, Map<String, String> more) {}

    private final Backing backing;
    private final Map<String, Planned> planned = new HashMap<>();
    private final Map<String, Running> running = new ConcurrentHashMap<>();
    private int stations;
    private volatile List<Path> build = List.of();

    private Processes(Backing backing) {
        this.backing = backing;
    }

    /** None yet, on a broker and a database that end with it. */
    public static Processes on(Backing backing) {
        return new Processes(backing);
    }

    /** One more instance of a service. @param more configuration, as environment variables */
    public Processes with(String service, Map<String, String> more) {
        int number = 1;
        while (planned.containsKey(instance(service, number))) {
            number++;
        }
        planned.put(instance(service, number), new Planned(service, more));
        return this;
    }

    /** One more station. @param more configuration, as environment variables */
    public Processes withStation(Map<String, String> more) throws IOException {
        stations++;
        Map<String, String> environment = new HashMap<>(more);
        environment.put("IDENTICOM_RECEIVER_STATION", station(stations));
        environment.put("IDENTICOM_UNITS_HOST", LOCALHOST);
        environment.put(PORT, Integer.toString(Backing.freePort()));
        planned.put(station(stations), new Planned(RECEIVER, environment));
        return this;
    }

    /** Starts all of it at the same time; returns when everything is ready. */
    public Processes start() throws IOException, InterruptedException {
        return start(planned.keySet());
    }

    /** Starts these at the same time, after their end too, on the data that they left; returns when they are ready. */
    public Processes start(Collection<String> names) throws IOException, InterruptedException {
        try (ExecutorService starting = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> started = new ArrayList<>();
            names.forEach(name -> started.add(starting.submit(() -> start(name))));
            for (Future<?> one : started) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e.getCause());
        }
        return this;
    }

    /** What starts from now on is of another build. @param more what that has beside the present one's */
    public void upgradeTo(Path more) {
        build = List.of(more);
    }

    private Running start(String name) throws IOException, InterruptedException {
        Planned plan = planned(name);
        Map<String, String> environment = new HashMap<>(plan.more());
        environment.put("IDENTICOM_DATA", backing.folder().resolve(name).toString());
        Running started = backing.startService(plan.command(), environment, build);
        running.put(name, started);
        return started;
    }

    private Planned planned(String name) {
        Planned found = planned.get(name);
        if (found == null) {
            throw new IllegalArgumentException("process: " + name + " (expected: one of " + planned.keySet() + ")");
        }
        return found;
    }

    /** The name of a station. */
    public static String station(int number) {
        return "station-" + number;
    }

    /** The name of an instance of a service. */
    public static String instance(String service, int number) {
        return service + "-" + number;
    }

    public int stations() {
        return stations;
    }

    /** Whether there is any instance of a service. */
    public boolean has(String service) {
        return running.containsKey(instance(service, 1));
    }

    /** By its name. */
    public Running process(String name) {
        Running found = running.get(name);
        if (found == null) {
            throw new IllegalArgumentException("process: " + name + " (expected: one of " + running.keySet() + ")");
        }
        return found;
    }

    public int unitsPort(int station) {
        return Integer.parseInt(planned(station(station)).more().get(PORT));
    }

    /** Where a balancer finds a station. */
    public String stationAddress(int number) {
        return LOCALHOST + ":" + unitsPort(number);
    }

    /** Where a balancer finds the first instance of a service. */
    public String serviceAddress(String service) {
        return LOCALHOST + ":" + process(instance(service, 1)).port();
    }

    public Backing backing() {
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
