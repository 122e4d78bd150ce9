package identicom.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is in the image, read from its tar. */
class ImageIT {
    /**
     * What jars name and the image does without: values of mails, objects and metrics that come from a desktop, and the
     * pictures that {@code simulate} draws. A jar that comes to stand here wants somebody to look whether the services
     * can do without it.
     */
    private static final SortedMap<String, List<String>> NOT_NEEDED = new TreeMap<>(Map.of(
            "java.desktop", List.of("angus-mail", "jackson-databind", "micrometer-core", "postgresql", "simulator")));

    private static OciImage image;
    private static FileSystem files;

    @BeforeAll
    static void unpack() throws IOException {
        image = Built.shared().image();
        files = Built.shared().files();
    }

    @Test
    void itSaysWhatItIsAndRunsTheCommandAsNobodySpecial() throws IOException {
        JsonNode config = image.configuration().get("config");
        assertThat(config.get("User").asText()).isEqualTo("10001:10001");
        assertThat(image.texts("Entrypoint")).startsWith("java").endsWith("identicom.standalone.Identicom");
        assertThat(image.texts("Env"))
                .contains("PATH=/opt/java/bin", "IDENTICOM_DATA=/var/lib/identicom", "IDENTICOM_HTTP_HOST=0.0.0.0");
        JsonNode labels = config.get("Labels");
        assertThat(label(labels, "title")).isEqualTo("identicom");
        assertThat(label(labels, "description")).contains("lone workers");
        assertThat(label(labels, "version")).isEqualTo(System.getProperty("image.version"));
        assertThat(label(labels, "revision"))
                .isEqualTo(System.getProperty("image.revision"))
                .matches("[0-9a-f]{40}(-dirty)?|unknown");
        assertThat(label(labels, "licenses")).isEqualTo("Apache-2.0");
        assertThat(image.configuration().get("created").asText()).isEqualTo("1970-01-01T00:00:00Z");
        assertThat(image.bytes()).isBetween(50_000_000L, 130_000_000L);
    }

    @Test
    void itHoldsNoShellAndNothingThatGivesRights() {
        assertThat(files.entries())
                .hasSizeGreaterThan(200)
                .allSatisfy(entry -> {
                    assertThat(entry.mode() & 07000).as(entry.path()).isZero();
                    assertThat(entry.owner()).as(entry.path()).isZero();
                    assertThat(entry.modified()).as(entry.path()).isEqualTo(Instant.ofEpochSecond(1));
                })
                .noneMatch(entry -> entry.name().matches("(ba|da|a|z|k|c|tc)?sh|busybox|toybox|perl|python.*"));
        assertThat(files.entries())
                .filteredOn(FileSystem.Entry::executable)
                .extracting(FileSystem.Entry::path)
                .isNotEmpty()
                .allMatch(
                        path -> path.matches("/opt/java/bin/[a-z]+|/opt/java/lib/jspawnhelper|/lib\\w*/ld-linux[^/]*"));
        assertThat(files.entries())
                .filteredOn(entry -> (entry.mode() & 0002) != 0)
                .extracting(FileSystem.Entry::path)
                .containsExactlyInAnyOrder("/tmp", "/var/lib/identicom");
    }

    @Test
    void twoBuildsHaveOneDigest() throws IOException {
        OciImage again = OciImage.read(Built.TARGET.resolve("again.tar"), Built.fresh("layout-again"));
        assertThat(again.digest()).isEqualTo(image.digest());
        assertThat(Files.readString(Built.TARGET.resolve("identicom-image.digest"))
                        .strip())
                .isEqualTo(image.digest());
    }

    @Test
    void itsBillNamesEveryJarInItAndNoOther() throws IOException {
        JsonNode bill = bill("identicom.cdx.json");
        assertThat(StreamSupport.stream(bill.get("components").spliterator(), false)
                        .map(ImageIT::fileName)
                        .toList())
                .hasSizeGreaterThan(50)
                .containsExactlyInAnyOrderElementsOf(files.jars().stream()
                        .map(jar -> jar.getFileName().toString())
                        .toList())
                .contains("receiver-1.0.0-SNAPSHOT.jar")
                .noneMatch(jar -> jar.startsWith("embedded-"));
    }

    @Test
    void itsBillHasTheHashOfEachJar() throws IOException, GeneralSecurityException {
        Map<String, String> hashes = new TreeMap<>();
        for (JsonNode component : bill("identicom.cdx.json").get("components")) {
            hashes.put(fileName(component), sha256(component));
        }
        Map<String, String> there = new TreeMap<>();
        for (Path jar : files.jars()) {
            there.put(
                    jar.getFileName().toString(),
                    HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar))));
        }
        assertThat(hashes).isEqualTo(there);
    }

    private static String sha256(JsonNode component) {
        return StreamSupport.stream(component.path("hashes").spliterator(), false)
                .filter(hash -> hash.path("alg").asText().equals("SHA-256"))
                .map(hash -> hash.path("content").asText())
                .findFirst()
                .orElse("none");
    }

    @Test
    void theBillOfItsSystemNamesTheRuntime() throws IOException {
        assertThat(bill("system.cdx.json")
                        .get("components")
                        .get(0)
                        .get("version")
                        .asText())
                .isEqualTo(System.getProperty("java.runtime.version"));
    }

    @Test
    void itsRuntimeHasEveryModuleThatTheProgramsName() throws IOException {
        SortedMap<String, SortedSet<String>> missing = NeededModules.of(files.jars());
        missing.keySet().removeAll(modules());
        SortedMap<String, List<String>> jars = new TreeMap<>();
        missing.forEach((module, names) -> jars.put(module, List.copyOf(names)));
        assertThat(jars).isEqualTo(NOT_NEEDED);
    }

    /** Of the image's runtime, from the file in which it says so. */
    private static List<String> modules() throws IOException {
        Properties release = new Properties();
        try (Reader reader = Files.newBufferedReader(files.root().resolve("opt/java/release"))) {
            release.load(reader);
        }
        return List.of(release.getProperty("MODULES").replace("\"", "").split(" "));
    }

    private static JsonNode bill(String name) throws IOException {
        return new ObjectMapper()
                .readTree(files.root().resolve("usr/share/sbom").resolve(name).toFile());
    }

    private static String label(JsonNode labels, String name) {
        return labels.get("org.opencontainers.image." + name).asText();
    }

    /** {@code pkg:maven/GROUP/NAME@VERSION?classifier=…&type=jar} as the file is called. */
    private static String fileName(JsonNode component) {
        String classifier =
                component.get("purl").asText().replaceFirst("^[^?]*\\??(?:.*classifier=([^&]*).*|.*)$", "$1");
        String base =
                component.get("name").asText() + "-" + component.get("version").asText();
        return base + (classifier.isEmpty() ? "" : "-" + classifier) + ".jar";
    }
}
