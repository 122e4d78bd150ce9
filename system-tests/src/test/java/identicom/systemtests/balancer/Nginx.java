package identicom.systemtests.balancer;

import static org.awaitility.Awaitility.await;

import identicom.systemtests.backing.Backing;
import identicom.systemtests.backing.Processes;
import identicom.systemtests.harness.Desk;
import identicom.systemtests.harness.Installed;
import identicom.systemtests.harness.Served;
import identicom.testing.TestFolders;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A real NGINX with {@code deploy/nginx/nginx.conf}, and a site's files of the test's own beside it. */
final class Nginx implements AutoCloseable {
    private static final Path CONFIGURATION = Path.of("..", "deploy", "nginx", "nginx.conf");
    private static final Duration STARTS = Duration.ofSeconds(60);
    private static final List<String> SERVICES =
            List.of("alert-service", "fleet-service", "log-service", "media-service");

    /** What only root may write where it is by default. */
    private static final List<String> TEMPORARY = List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi");

    private final Path program = program();
    private final Path folder = Files.createTempDirectory("identicom-nginx-");
    private final Path log = folder.resolve("nginx.log");
    private final int unitsPort = Backing.freePort();
    private final int httpPort = Backing.freePort();
    private final Process process;

    private Nginx(Processes behind) throws IOException {
        Files.copy(CONFIGURATION, folder.resolve("nginx.conf"));
        Path site = Files.createDirectory(folder.resolve("site"));
        Files.writeString(site.resolve("units.conf"), """
                server {
                    listen 127.0.0.1:%d;
                    proxy_pass stations;
                }
                """.formatted(unitsPort));
        Files.writeString(
                site.resolve("stations.conf"),
                IntStream.rangeClosed(1, behind.stations())
                        .mapToObj(number ->
                                "server %s max_fails=1 fail_timeout=10s;\n".formatted(behind.stationAddress(number)))
                        .collect(Collectors.joining()));
        Files.writeString(
                site.resolve("services.conf"),
                SERVICES.stream()
                        .map(service -> "upstream %s { server %s; }\n".formatted(service, address(behind, service)))
                        .collect(Collectors.joining()));
        Files.writeString(
                site.resolve("control-room.conf"),
                "listen 127.0.0.1:" + httpPort + ";\n"
                        + TEMPORARY.stream()
                                .map(kind -> "%s_temp_path %s;\n".formatted(kind, folder.resolve(kind)))
                                .collect(Collectors.joining()));
        process = new ProcessBuilder(
                        "setpriv",
                        "--pdeathsig",
                        "TERM",
                        program.toString(),
                        "-e",
                        "stderr",
                        "-c",
                        folder.resolve("nginx.conf").toString(),
                        "-g",
                        "daemon off; pid " + folder.resolve("pid") + ";")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .redirectInput(new File("/dev/null"))
                .start();
    }

    /** Where it is; where it is not, or has no module for streams, the test is skipped, or fails. */
    static Path program() {
        Installed.file("libnginx-mod-stream", "/usr/lib/nginx/modules/ngx_stream_module.so");
        return Installed.program("nginx", "/usr/sbin/nginx", "/usr/local/sbin/nginx");
    }

    /** One in front of all that is behind. */
    static Nginx start(Processes behind) throws IOException {
        Nginx nginx = new Nginx(behind);
        await("nginx answers, or has ended")
                .atMost(STARTS)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> !nginx.process.isAlive() || nginx.answers());
        if (!nginx.process.isAlive()) {
            throw new IOException("nginx has ended:\n" + Files.readString(nginx.log));
        }
        return nginx;
    }

    private boolean answers() throws IOException, InterruptedException {
        return Desk.stranger(controlRoom()).get("/").status() == 200;
    }

    private static String address(Processes behind, String service) {
        return behind.has(service) ? behind.serviceAddress(service) : "127.0.0.1:9";
    }

    /** Where units dial in. */
    InetSocketAddress units() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), unitsPort);
    }

    /** The control room's page and everything below it. */
    Served controlRoom() {
        return Served.onPort(httpPort);
    }

    @Override
    public void close() throws IOException {
        Ending.of(process);
        TestFolders.remove(folder);
    }
}
