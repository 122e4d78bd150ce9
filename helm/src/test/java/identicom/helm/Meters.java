package identicom.helm;

import com.zaxxer.hikari.metrics.PoolStats;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import identicom.runtime.process.Metrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The metrics that the processes expose, by Prometheus's names: every meter that the sources build is built here, and scraped as the
 * processes are. So the names are Micrometer's own doing.
 */
final class Meters {
    /** What a meter is built by, or one of the methods that build several alike. */
    private static final Pattern BUILDER = Pattern.compile(
            "\\b(FunctionCounter|Counter|Timer|MultiGauge|Gauge)\\.builder\\(|\\b(counters|counter|timer|gauge)\\(");

    private static final Pattern NAME = Pattern.compile("\"(identicom\\.[a-z.]+)\"");
    private static final Pattern UNIT = Pattern.compile("\\.baseUnit\\(\"([a-z]+)\"\\)");
    private static final Pattern LABEL =
            Pattern.compile("\\.tag\\(\"([a-z]+)\"|Tags\\.of\\(\"([a-z]+)\"|, \"([a-z]+)\", \\w+[.(]|\"([a-z]+)\"\\)");

    private final Metrics metrics = new Metrics();
    private final Map<String, Set<String>> labels = new HashMap<>();
    private final Set<String> exposed = new TreeSet<>();

    private Meters() {}

    static Meters ofTheSources() {
        Meters meters = new Meters();
        try (Stream<Path> files = Files.walk(Path.of(".."), 12)) {
            files.filter(file -> file.toString().contains("/src/main/java/")
                            && file.toString().endsWith(".java"))
                    .forEach(meters::read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        new MicrometerMetricsTrackerFactory(meters.metrics.registry()).create("pool", new NoPool());
        meters.metrics.scrape().lines().filter(line -> !line.startsWith("#")).forEach(meters::exposed);
        meters.metrics.close();
        return meters;
    }

    /** Every name that a scrape shows. */
    Set<String> exposed() {
        return exposed;
    }

    /** The labels that the metric of that name may have. */
    Set<String> labels(String metric) {
        return labels.getOrDefault(metric, Set.of());
    }

    private void exposed(String line) {
        String name = line.substring(0, line.indexOf(line.contains("{") ? '{' : ' '));
        exposed.add(name);
        Set<String> known = labels.computeIfAbsent(name, unused -> new TreeSet<>());
        if (line.contains("{")) {
            Pattern.compile("(\\w+)=\"").matcher(line).results().forEach(label -> known.add(label.group(1)));
        }
    }

    private void read(Path file) {
        String source;
        try {
            source = Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Matcher name = NAME.matcher(source);
        while (name.find()) {
            int statement = source.lastIndexOf(';', name.start()) + 1;
            int end = source.indexOf(';', name.end());
            String before = source.substring(statement, name.start());
            String after = source.substring(name.end(), end);
            BUILDER.matcher(before)
                    .results()
                    .reduce((first, second) -> second)
                    .ifPresent(builder -> build(builder, name.group(1), after, source));
        }
    }

    private void build(MatchResult builder, String name, String after, String source) {
        MeterRegistry registry = metrics.registry();
        String type = builder.group(1) == null ? builder.group(2) : builder.group(1);
        Matcher unit = UNIT.matcher(after);
        String baseUnit = unit.find() ? unit.group(1) : null;
        String[] tags = tags(builder.group(1) == null || type.equals("MultiGauge") ? source : after);
        switch (type) {
            case "Counter", "FunctionCounter", "counter", "counters" ->
                Counter.builder(name).baseUnit(baseUnit).tags(tags).register(registry);
            case "Gauge", "MultiGauge", "gauge" ->
                Gauge.builder(name, () -> 1).baseUnit(baseUnit).tags(tags).register(registry);
            default -> {
                boolean buckets = after.contains("publishPercentileHistogram") || type.equals("timer");
                Timer.builder(name)
                        .tags(tags)
                        .publishPercentileHistogram(buckets)
                        .register(registry);
            }
        }
    }

    /** Labels that stand in that text, each with some value. */
    private static String[] tags(String text) {
        Set<String> names = new HashSet<>();
        LABEL.matcher(text).results().forEach(label -> {
            for (int group = 1; group <= label.groupCount(); group++) {
                if (label.group(group) != null) {
                    names.add(label.group(group));
                }
            }
        });
        return names.stream().flatMap(label -> Stream.of(label, "x")).toArray(String[]::new);
    }

    private static final class NoPool extends PoolStats {
        NoPool() {
            super(Long.MAX_VALUE);
        }

        @Override
        protected void update() {
            totalConnections = 0;
        }
    }
}
