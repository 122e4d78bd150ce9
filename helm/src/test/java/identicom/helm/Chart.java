package identicom.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The chart with values of a site, linted and rendered by the real helm as release {@value #RELEASE}. */
final class Chart {
    static final Path FOLDER = Path.of("identicom");
    static final String RELEASE = "watch";
    static final String NAMESPACE = "alarms";

    private static final String HOOK = "helm.sh/hook";
    private static final String NO_HOOK = "not-helm.sh/hook";

    /** As Chart.yaml has it. */
    private static final String OLDEST = "1.30.0";

    /** The sizes that come with the chart; empty: its own values. */
    static final List<String> SIZES = List.of("", "values-small.yaml", "values-large.yaml");

    /** By their values. */
    private static final Map<String, List<JsonNode>> RENDERED = new ConcurrentHashMap<>();

    private final ObjectNode values;

    private Chart(ObjectNode values) {
        this.values = values;
    }

    /** As the example of a site has it, in one of {@link #SIZES}. */
    static Chart ofSize(String size) {
        return of(files(size));
    }

    static List<String> files(String size) {
        return size.isEmpty() ? List.of("values-site.yaml") : List.of(size, "values-site.yaml");
    }

    /** As the example of a site has it. */
    static Chart site() {
        return ofSize("");
    }

    private static Chart of(List<String> files) {
        ObjectNode values = (ObjectNode) Yaml.file(FOLDER.resolve("values.yaml"));
        for (String file : files) {
            Yaml.merge(values, Yaml.file(FOLDER.resolve(file)));
        }
        return new Chart(values);
    }

    /** With these values over what it has. */
    Chart and(String yaml) {
        ObjectNode more = values.deepCopy();
        Yaml.merge(more, Yaml.tree(yaml));
        return new Chart(more);
    }

    LintResult lint() {
        return inFolder(folder -> new Helm(folder).lint().strict().call());
    }

    /**
     * Everything that an installation makes, what runs before it included; rendered once, however often it is asked for.
     *
     * @throws RuntimeException what helm says is wrong
     */
    List<JsonNode> objects() {
        return RENDERED.computeIfAbsent(Yaml.text(values), unused -> Yaml.documents(rendered(RELEASE))).stream()
                .<JsonNode>map(JsonNode::deepCopy)
                .toList();
    }

    /** @throws RuntimeException what helm says is wrong */
    String rendered(String release) {
        return inFolder(folder -> template(folder, release).call().replace(NO_HOOK, HOOK));
    }

    /** What helm says after an installation. */
    String notes() {
        String said = inFolder(folder -> new Helm(folder)
                .install()
                .withName(RELEASE)
                .withNamespace(NAMESPACE)
                .withKubeVersion(OLDEST)
                .clientOnly()
                .dryRun()
                .call()
                .getOutput());
        return said.substring(said.indexOf("NOTES:"));
    }

    /** What {@code helm template} makes of the chart as it is with these of its files; what runs beforehand is not in it. */
    static List<JsonNode> template(List<String> files) {
        TemplateCommand command = template(FOLDER, RELEASE);
        files.forEach(file -> command.withValuesFile(FOLDER.resolve(file)));
        return Yaml.documents(command.call());
    }

    private static TemplateCommand template(Path folder, String release) {
        return new Helm(folder)
                .template()
                .withName(release)
                .withNamespace(NAMESPACE)
                .withKubeVersion(OLDEST);
    }

    private interface Use<T> {
        T of(Path folder);
    }

    /** helm lints a folder with the values in it only, and this library hands no hooks back: a copy has the values and no hooks. */
    private <T> T inFolder(Use<T> use) {
        try {
            Path copy = Files.createTempDirectory("identicom-chart");
            try {
                copy(FOLDER, copy);
                Files.writeString(copy.resolve("values.yaml"), Yaml.text(values));
                return use.of(copy);
            } finally {
                remove(copy);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.writeString(target, Files.readString(file).replace(HOOK, NO_HOOK));
            }
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
