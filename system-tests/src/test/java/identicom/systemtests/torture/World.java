package identicom.systemtests.torture;

import identicom.systemtests.backing.Backing;
import identicom.systemtests.backing.Ingress;
import identicom.systemtests.backing.Processes;
import identicom.systemtests.backing.TwoClusters;
import identicom.systemtests.harness.Desk;
import identicom.systemtests.harness.Served;
import identicom.testing.TestFolders;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One installation that stays up over many schedules: main of one broker or three, priority, PostgreSQL, two stations and one of each
 * service, each a process of its own, and a {@link Line} before each of what others connect to.
 */
final class World implements AutoCloseable {
    private static final String DEBUGGER =
            "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,quiet=y,address=127.0.0.1:";
    private static final InetAddress LOCALHOST = InetAddress.ofLiteral("127.0.0.1");

    private final Opened opened;
    private final int mainBrokers;
    private final boolean asRoot;
    private final Places places = new Places(Files.createTempDirectory("identicom-torture-"));
    private final Map<Part, Disk> disks = new EnumMap<>(Part.class);
    private final Map<Part, Address> addresses = new EnumMap<>(Part.class);
    private final Map<Part, Integer> debuggers = new EnumMap<>(Part.class);
    private final Map<Part, Line> lines = new EnumMap<>(Part.class);
    private final Map<Part, List<String>> said = new ConcurrentHashMap<>();
    private final DialIns dialIns = new DialIns();
    private final Backing backing;
    private final TwoClusters clusters;
    private final Processes processes;
    private final Line units;

    /** @param asRoot the data of brokers, of PostgreSQL and of the pictures on small disks, and each line at an address of its own */
    static World start(int mainBrokers, boolean asRoot) throws IOException, InterruptedException, SQLException {
        Opened opened = new Opened();
        try {
            return new World(mainBrokers, asRoot, opened);
        } catch (IOException | InterruptedException | SQLException | RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    private World(int mainBrokers, boolean asRoot, Opened opened)
            throws IOException, InterruptedException, SQLException {
        this.opened = opened;
        opened.add(() -> TestFolders.remove(places.folder()));
        this.mainBrokers = mainBrokers;
        this.asRoot = asRoot;
        if (asRoot) {
            for (Part part : parts()) {
                if (part.kind() == Part.Kind.BROKER || part == Part.POSTGRES || part == Part.MEDIA_SERVICE) {
                    disks.put(part, opened.add(Disk.under(places.data(part))));
                }
            }
        }
        this.backing = opened.add(Backing.databaseIn(places.folder()));
        this.clusters = opened.add(TwoClusters.start(backing, mainBrokers, this::entrance));
        this.processes = opened.add(Processes.on(backing));
        for (Part service : List.of(Part.FLEET_SERVICE, Part.ALERT_SERVICE, Part.LOG_SERVICE, Part.MEDIA_SERVICE)) {
            processes.with(command(service), environment(service));
        }
        processes.withStation(environment(Part.STATION_1)).withStation(environment(Part.STATION_2));
        // the keys that everyone waits for, and then the rest at once
        processes.start(List.of(Part.FLEET_SERVICE.title()));
        processes.start(ours().stream()
                .filter(part -> part != Part.FLEET_SERVICE)
                .map(Part::title)
                .toList());
        this.units = opened.add(
                new Line("units", LOCALHOST, List.of(processes.unitsPort(1), processes.unitsPort(2)), dialIns::put));
    }

    private static String command(Part service) {
        return service.title().replaceAll("-\\d$", "");
    }

    private String entrance(String cluster, int broker, int port) throws IOException {
        return line(Part.titled(cluster + "-" + (broker + 1)), port).address();
    }

    private Line line(Part part, int to) throws IOException {
        InetAddress host = LOCALHOST;
        if (asRoot) {
            addresses.put(part, opened.add(Address.take()));
            host = addresses.get(part).inet();
        }
        Line line = opened.add(new Line(part.title(), host, List.of(to), source -> {}));
        lines.put(part, line);
        return line;
    }

    private Map<String, String> environment(Part part) throws IOException {
        Map<String, String> environment = new HashMap<>(clusters.environment());
        environment.putAll(Backing.databaseAt(line(part, backing.databasePort()).address()));
        int port = Backing.freePort();
        debuggers.put(part, port);
        environment.put("JDK_JAVA_OPTIONS", DEBUGGER + port);
        if (part == Part.MEDIA_SERVICE) {
            environment.put(
                    "IDENTICOM_MEDIA_STORE", places.data(part).resolve("store").toString());
        }
        return environment;
    }

    List<Part> parts() {
        return Part.of(mainBrokers);
    }

    private List<Part> ours() {
        return parts().stream().filter(Part::isOurs).toList();
    }

    int mainBrokers() {
        return mainBrokers;
    }

    /** Where units dial in. */
    InetSocketAddress unitsAddress() {
        return new InetSocketAddress("127.0.0.1", units.port());
    }

    /** Where a schedule's units keep their journal. */
    Path journal(Schedule schedule) {
        return places.journal(schedule);
    }

    Line units() {
        return units;
    }

    DialIns dialIns() {
        return dialIns;
    }

    /** The line before a part: that to a broker for all who use it, of a station or a service that to its database. */
    Line line(Part part) {
        return lines.get(part);
    }

    /** The disk of a part's data, where it has one of its own. */
    Optional<Disk> disk(Part part) {
        return Optional.ofNullable(disks.get(part));
    }

    /** The address of the line before a part, where it has one of its own. */
    Optional<Address> address(Part part) {
        return Optional.ofNullable(addresses.get(part));
    }

    Debugger debugger(Part part) throws IOException {
        return Debugger.attach(debuggers.get(part));
    }

    Served served() {
        return Ingress.over(
                service -> processes.process(Processes.instance(service, 1)).site());
    }

    /** One of the product's own, as it is asked itself. */
    Desk asked(Part service) {
        return Desk.stranger(processes.process(service.title()).site());
    }

    TwoClusters clusters() {
        return clusters;
    }

    Backing backing() {
        return backing;
    }

    private TwoClusters.Brokers brokers(Part part) {
        return part == Part.PRIORITY ? clusters.priority() : clusters.main();
    }

    boolean alive(Part part) {
        return switch (part.kind()) {
            case DATABASE -> backing.databaseIsAlive();
            case BROKER -> brokers(part).isAlive(part.broker());
            case SERVICE, STATION -> processes.process(part.title()).program().isAlive();
        };
    }

    /** {@code kill -9}; nothing where it is dead already. */
    synchronized void kill(Part part) throws InterruptedException {
        switch (part.kind()) {
            case DATABASE -> backing.killDatabase();
            case BROKER -> brokers(part).kill(part.broker());
            case SERVICE, STATION -> processes.process(part.title()).kill();
        }
    }

    /** After its end; returns when it is ready. */
    void start(Part part) throws IOException, InterruptedException, SQLException {
        switch (part.kind()) {
            case DATABASE -> backing.restartDatabase();
            case BROKER -> brokers(part).restart(part.broker());
            case SERVICE, STATION -> {
                said.computeIfAbsent(part, p -> new ArrayList<>())
                        .addAll(processes.process(part.title()).program().output());
                processes.start(List.of(part.title()));
            }
        }
    }

    /** Stands still, connections open, until {@link #thaw}. */
    void freeze(Part part) throws IOException, InterruptedException {
        if (part == Part.POSTGRES) {
            backing.databaseProcesses().freeze();
        } else {
            signal(part, "STOP");
        }
    }

    void thaw(Part part) throws IOException, InterruptedException {
        if (part == Part.POSTGRES) {
            backing.databaseProcesses().thaw();
        } else {
            signal(part, "CONT");
        }
    }

    private void signal(Part part, String signal) throws IOException, InterruptedException {
        long pid = part.isOurs()
                ? processes.process(part.title()).program().pid()
                : brokers(part).pid(part.broker());
        Tool.run("kill", "-s", signal, Long.toString(pid));
    }

    /** What a part of the product printed since the world began. */
    List<String> said(Part part) {
        List<String> all = new ArrayList<>(said.getOrDefault(part, List.of()));
        all.addAll(processes.process(part.title()).program().output());
        return all;
    }

    /** The log files of a part that is not of the product. */
    List<Path> logs(Part part) throws IOException {
        return places.logs(part);
    }

    @Override
    public void close() {
        opened.close();
    }
}
