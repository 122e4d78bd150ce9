package identicom.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What {@code docs/operations/metrics.md} names, what the sources name, and what a scrape holds. */
final class MetricsPage {
    private static final Path ROOT = Path.of("..");
    private static final Pattern ROW = Pattern.compile("^\\| `(identicom_[a-z_]+)` \\|", Pattern.MULTILINE);
    private static final Pattern PREFIX = Pattern.compile("^\\| `([a-z]+_)` \\|", Pattern.MULTILINE);
    private static final Pattern NAME = Pattern.compile("\"(identicom(?:\\.[a-z]+)+)\"");
    private static final Pattern FAMILY = Pattern.compile("^# TYPE (\\S+) (\\S+)$", Pattern.MULTILINE);

    private MetricsPage() {}

    private static String text() throws IOException {
        return Files.readString(ROOT.resolve("docs/operations/metrics.md"));
    }

    /** As in {@code identicom_receiver_deletes_total}, each where it stands first in a row. */
    static List<String> rows() throws IOException {
        return groups(ROW, text());
    }

    /** What names of the libraries begin with. */
    static List<String> prefixes() throws IOException {
        return groups(PREFIX, text());
    }

    /** The names that meters have in the sources, as Prometheus begins them: {@code identicom_receiver_deletes}. */
    static Set<String> inSources() throws IOException {
        Set<String> names = new TreeSet<>();
        try (Stream<Path> modules = Files.list(ROOT)) {
            for (Path sources : modules.map(module -> module.resolve("src/main/java"))
                    .filter(Files::isDirectory)
                    .toList()) {
                names.addAll(in(sources));
            }
        }
        return names;
    }

    private static Set<String> in(Path sources) throws IOException {
        Set<String> names = new TreeSet<>();
        try (Stream<Path> files = Files.walk(sources)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String source = Files.readString(file);
                if (source.contains("import io.micrometer.")) {
                    groups(NAME, source).forEach(name -> names.add(name.replace('.', '_')));
                }
            }
        }
        return names;
    }

    /** The families of a scrape; the maximum of a timer belongs to the timer. */
    static Set<String> families(String scrape) {
        return FAMILY.matcher(scrape)
                .results()
                .map(family -> family.group(1))
                .map(name -> name.replaceFirst("_seconds_max$", "_seconds"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> groups(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }
}
