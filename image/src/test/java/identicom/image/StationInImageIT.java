package identicom.image;

import static org.assertj.core.api.Assertions.assertThat;

import identicom.testing.TestKafka;
import identicom.testing.TestPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The image's programs, in what a pod gives them. */
class StationInImageIT {
    private static final Pattern READY = Pattern.compile("receiver ready units=(\\d+) http=\\S+:(\\d+)");
    private static final Pattern FLEET_READY = Pattern.compile("fleet-service ready");
    private static final Pattern FOR_THIS_MACHINE =
            Pattern.compile("(?i)^(?!.*(freebsd|sunos|android|musl)).*(x86_64|amd64).*\\.so$");
    private static final int LIMIT_MS = 60_000;

    @TempDir
    private static Path scratch;

    private static OciImage image;
    private static FileSystem files;
    private static Container container;

    @BeforeAll
    static void unpack() throws IOException, InterruptedException {
        image = Built.shared().image();
        files = Built.shared().files();
        container = new Container(files.root(), image.texts("Env"));
        container.assumePossible(scratch);
    }

    @Test
    void itExplainsItselfAndWhatItCannotDo() throws Exception {
        try (Program help = identicom(List.of(), "--help")) {
            assertThat(help.awaitExit()).as(help.err()).isZero();
            assertThat(help.out()).startsWith("Usage: identicom").contains("receiver");
        }
        try (Program standalone = identicom(List.of(), "standalone")) {
            assertThat(standalone.awaitExit()).as(standalone.err()).isEqualTo(2);
            assertThat(standalone.err())
                    .contains("neither brokers nor a database")
                    .contains("receiver");
        }
        try (Program simulate = identicom(List.of(), "simulate", "--units", "1", "--pictures", "1")) {
            assertThat(simulate.awaitExit()).as(simulate.err()).isEqualTo(2);
            assertThat(simulate.err()).contains("--pictures: 1 (expected: 0 in an image");
        }
    }

    @Test
    void whatLibrariesInJarsLoadIsThere() throws Exception {
        List<String> libraries = nativeLibraries();
        assertThat(libraries).hasSizeGreaterThan(3);
        for (String library : libraries) {
            try (Program list =
                    Program.start(scratch, container.command(List.of(), List.of(loader(), "--list", library)))) {
                assertThat(list.awaitExit()).as(library + ": " + list.err()).isZero();
                assertThat(list.out()).contains("libc.so.6 => /").doesNotContain("not found");
            }
        }
    }

    @Test
    void itMigratesAndAServiceAndAStationOfItServe() throws Exception {
        List<String> outside = outside();
        try (Program migrate = identicom(outside, "migrate")) {
            assertThat(migrate.awaitExit()).as(migrate.err()).isZero();
        }
        // a station is ready when it knows with what keys people's logins are signed: fleet-service's
        try (Program fleet = identicom(outside, "fleet-service");
                Program station = identicom(outside, "receiver")) {
            fleet.awaitOutput(FLEET_READY);
            int port = Integer.parseInt(station.awaitOutput(READY).group(1));
            assertThat(container.userOf(station.process())).isEqualTo(Container.USER);
            assertThat(HexFormat.of().formatHex(probe(port))).isEqualTo("1e80001e");
            assertThat(station.stop()).as(station.err()).isZero();
            assertThat(fleet.stop()).as(fleet.err()).isZero();
        }
    }

    private static Program identicom(List<String> environment, String... arguments) throws IOException {
        List<String> program = new ArrayList<>(image.texts("Entrypoint"));
        program.addAll(List.of(arguments));
        List<String> all = new ArrayList<>(environment);
        all.add("JAVA_TOOL_OPTIONS=-Xmx192m -XX:+UseSerialGC -XX:TieredStopAtLevel=1");
        return Program.start(scratch, container.command(all, program));
    }

    /** Real clusters, which are one, and a real database; a password in letters that need the image's character set. */
    private static List<String> outside() {
        List<String> environment = new ArrayList<>();
        for (String cluster : List.of("MAIN", "PRIORITY")) {
            environment.add("IDENTICOM_KAFKA_" + cluster + "_BOOTSTRAP_SERVERS="
                    + TestKafka.shared().bootstrapServers());
        }
        TestPostgres postgres = TestPostgres.shared();
        for (String service : List.of("FLEET", "ALERTS", "EVENT_LOG", "MEDIA", "WHITELIST")) {
            environment.add("IDENTICOM_DATABASE_" + service + "_URL=" + postgres.jdbcUrl());
            environment.add("IDENTICOM_DATABASE_" + service + "_PASSWORD=pässwörd");
        }
        environment.add("IDENTICOM_DATABASE_ADMIN_URL=" + postgres.jdbcUrl());
        environment.add("IDENTICOM_DATABASE_ADMIN_USER=" + postgres.user());
        environment.add("IDENTICOM_DATABASE_ADMIN_PASSWORD=" + postgres.password());
        environment.addAll(List.of(
                "IDENTICOM_MIGRATE_PROFILE=embedded",
                "IDENTICOM_ADMIN_PASSWORD=correct-horse-battery",
                "IDENTICOM_HTTP_HOST=127.0.0.1",
                "IDENTICOM_HTTP_PORT=0",
                "IDENTICOM_UNITS_HOST=127.0.0.1",
                "IDENTICOM_UNITS_PORT=0",
                "IDENTICOM_RECEIVER_PROBE_INTERVAL=100ms"));
        return environment;
    }

    private static byte[] probe(int port) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), LIMIT_MS);
            socket.setSoTimeout(LIMIT_MS);
            socket.getOutputStream().write(HexFormat.of().parseHex("1e001e"));
            return socket.getInputStream().readNBytes(4);
        }
    }

    /** Taken out of the jars into the image's files; as they are called there. */
    private static List<String> nativeLibraries() throws IOException {
        Path folder = Files.createDirectories(files.root().resolve("libraries"));
        List<String> names = new ArrayList<>();
        for (Path path : files.jars()) {
            try (JarFile jar = new JarFile(path.toFile())) {
                Enumeration<JarEntry> entries = jar.entries();
                while (entries.hasMoreElements()) {
                    JarEntry entry = entries.nextElement();
                    if (FOR_THIS_MACHINE.matcher(entry.getName()).find()) {
                        String name = entry.getName().replace('/', '_');
                        try (InputStream content = jar.getInputStream(entry)) {
                            Files.copy(content, folder.resolve(name));
                        }
                        names.add("/libraries/" + name);
                    }
                }
            }
        }
        return names;
    }

    /** What loads libraries, where every program expects it. */
    private static String loader() {
        return files.entries().stream()
                .filter(entry -> entry.name().startsWith("ld-linux"))
                .findFirst()
                .orElseThrow()
                .path();
    }
}
