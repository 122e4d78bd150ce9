package identicom.systemtests.balancer;

import static org.awaitility.Awaitility.await;

import identicom.systemtests.backing.Backing;
import identicom.systemtests.backing.Processes;
import identicom.systemtests.harness.Installed;
import identicom.systemtests.harness.Served;
import identicom.testing.TestFolders;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A real HAProxy with {@code deploy/haproxy/haproxy.cfg}, on ports of its own, and what its socket says of it. */
public final class HaProxy implements AutoCloseable {
    private static final Path CONFIGURATION =
            Path.of("..", "deploy", "haproxy", "haproxy.cfg").toAbsolutePath().normalize();
    private static final Duration STARTS = Duration.ofSeconds(60);
    private static final long LIMIT_S = 20;
    private static final Pattern STICKY = Pattern.compile("key=([0-9A-Fa-f]{24}) .*server_key=station-(\\d)");

    private final Path program = program();
    private final Path folder = Files.createTempDirectory("identicom-haproxy-");
    private final Path socket = folder.resolve("socket");
    private final Path log = folder.resolve("haproxy.log");
    private final Map<String, String> site = new TreeMap<>();
    private final int unitsPort = Backing.freePort();
    private final int tlsPort = Backing.freePort();
    private final int httpPort = Backing.freePort();
    private Process process;

    private HaProxy(Map<String, String> more) throws IOException, InterruptedException {
        site.put("UNITS", "127.0.0.1:" + unitsPort);
        site.put("UNITS_TLS", "127.0.0.1:" + tlsPort);
        site.put("HTTP", "127.0.0.1:" + httpPort);
        site.put("STATISTICS", "127.0.0.1:" + Backing.freePort());
        site.put("SOCKET", socket.toString());
        site.put("CONNECTIONS", "2000");
        site.putAll(more);
        writeSite();
        check();
        // tied to this process: what is left of a test that was killed would keep its ports
        process = start(log, "setpriv", "--pdeathsig", "KILL", program.toString(), "-W");
        await("haproxy answers").atMost(STARTS).until(() -> !pid().isEmpty());
    }

    /** Where it is; where it is not the test is skipped, or fails. */
    public static Path program() {
        return Installed.program("haproxy", "/usr/sbin/haproxy", "/usr/local/sbin/haproxy");
    }

    /** @param site variables without their {@code BALANCER_} */
    public static HaProxy start(Map<String, String> site) throws IOException, InterruptedException {
        return new HaProxy(site);
    }

    private Process start(Path output, String... command) throws IOException {
        List<String> line = new ArrayList<>(List.of(command));
        line.addAll(List.of("-f", folder.resolve("site.cfg").toString(), "-f", CONFIGURATION.toString()));
        return new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .redirectInput(new File("/dev/null"))
                .start();
    }

    private void writeSite() throws IOException {
        String lines = site.entrySet().stream()
                .map(one -> "    setenv BALANCER_" + one.getKey() + " " + one.getValue() + "\n")
                .collect(Collectors.joining("", "global\n", ""));
        Files.writeString(folder.resolve("site.cfg"), lines);
    }

    /** What {@code haproxy -c} says of the configuration. @throws IOException it does not accept it, or warns of something */
    private void check() throws IOException, InterruptedException {
        Path output = folder.resolve("check.log");
        Process checking = start(output, program.toString(), "-c");
        boolean ended = checking.waitFor(LIMIT_S, TimeUnit.SECONDS);
        String said = Files.readString(output);
        if (!ended || checking.exitValue() != 0 || said.contains("[WARNING]") || said.contains("[ALERT]")) {
            checking.destroyForcibly();
            throw new IOException("haproxy -c: " + said);
        }
    }

    /** Changes what the site has, and lets HAProxy read it: the documented way to add a station. */
    void reload(Map<String, String> changed) throws IOException, InterruptedException {
        site.putAll(changed);
        writeSite();
        check();
        String before = pid();
        new ProcessBuilder("kill", "-s", "USR2", Long.toString(process.pid()))
                .start()
                .waitFor();
        await("haproxy has read its configuration again").atMost(STARTS).until(() -> {
            String now = pid();
            return !now.isEmpty() && !now.equals(before);
        });
    }

    /** Where units dial in. */
    public InetSocketAddress units() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), unitsPort);
    }

    /** Where units with a certificate dial in. */
    InetSocketAddress unitsWithTls() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), tlsPort);
    }

    /** The control room's page and everything below it. */
    Served controlRoom() {
        return Served.onPort(httpPort);
    }

    /** Whether a station gets units; at the start each does, until it was probed. */
    boolean up(int station) {
        return server(station).get("status").startsWith("UP");
    }

    /** Whether a station has answered its last probe that it is ready. */
    public boolean ready(int station) {
        return up(station) && server(station).get("check_status").endsWith("L7OK");
    }

    /** How many connections a station has been given, probes not counted. */
    long given(int station) {
        return Long.parseLong(server(station).get("stot"));
    }

    /** How many connections to a station did not come about. */
    long failed(int station) {
        return Long.parseLong(server(station).get("econ"));
    }

    /** A station's line of {@code show stat}, by column. */
    private Map<String, String> server(int station) {
        String[] lines = ask("show stat").split("\n");
        List<String> columns = Arrays.asList(lines[0].replace("# ", "").split(","));
        String begin = "stations," + Processes.station(station) + ",";
        for (String line : lines) {
            if (line.startsWith(begin)) {
                String[] values = line.split(",", -1);
                Map<String, String> found = new HashMap<>();
                for (int i = 0; i < columns.size(); i++) {
                    found.put(columns.get(i), values[i]);
                }
                return found;
            }
        }
        throw new IllegalStateException("no " + begin + " in\n" + String.join("\n", lines));
    }

    /** The serials that are kept for a station now. */
    Set<String> sticky() {
        return stationBySerial().keySet();
    }

    /** Which station each of them is kept for. */
    Map<String, Integer> stationBySerial() {
        return STICKY.matcher(ask("show table stations"))
                .results()
                .collect(Collectors.toMap(HaProxy::serial, entry -> Integer.valueOf(entry.group(2))));
    }

    private static String serial(MatchResult entry) {
        byte[] padded = HexFormat.of().parseHex(entry.group(1));
        return new String(padded, StandardCharsets.US_ASCII).replace("\0", "");
    }

    /** Its processes: the one that was started, and the one that serves. */
    public List<Long> pids() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .map(ProcessHandle::pid)
                .toList();
    }

    private String pid() {
        return ask("show info").lines().filter(line -> line.startsWith("Pid: ")).collect(Collectors.joining());
    }

    /** What the socket answers; empty where nobody listens there. */
    private String ask(String command) {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            channel.write(ByteBuffer.wrap((command + "\n").getBytes(StandardCharsets.US_ASCII)));
            return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException nobody) {
            requireRunning();
            return "";
        }
    }

    private void requireRunning() {
        if (!process.isAlive()) {
            try {
                throw new IllegalStateException("haproxy has ended:\n" + Files.readString(log));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() throws IOException {
        Ending.of(process);
        TestFolders.remove(folder);
    }
}
