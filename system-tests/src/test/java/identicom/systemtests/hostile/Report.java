package identicom.systemtests.hostile;

import identicom.simulator.line.SessionReport;
import identicom.systemtests.harness.Emergencies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/** What the others noticed of each attack, as a table in Markdown. */
final class Report {
    private static final Path FILE = Path.of("target", "hostile-traffic.md");

    private final StringBuilder rows = new StringBuilder("""
            | what went on | sessions | first request, ms: half, 99 %, longest | whole session, ms: half, 99 %, longest | man-downs | on the stream, ms: half, longest |
            |---|---:|---:|---:|---:|---:|
            """);

    void add(String what, List<SessionReport> sessions, List<Emergencies.Wait> waits) {
        List<Long> firsts = sessions.stream()
                .map(SessionReport::firstRequestNanos)
                .filter(OptionalLong::isPresent)
                .map(OptionalLong::getAsLong)
                .sorted()
                .toList();
        List<Long> wholes =
                sessions.stream().map(SessionReport::sessionNanos).sorted().toList();
        List<Long> shown =
                waits.stream().map(wait -> wait.took().toNanos()).sorted().toList();
        rows.append("| %s | %d | %s, %s, %s | %s, %s, %s | %d | %s, %s |%n"
                .formatted(
                        what,
                        sessions.size(),
                        at(firsts, 0.5),
                        at(firsts, 0.99),
                        at(firsts, 1),
                        at(wholes, 0.5),
                        at(wholes, 0.99),
                        at(wholes, 1),
                        shown.size(),
                        at(shown, 0.5),
                        at(shown, 1)));
    }

    /** In {@code target}, for the page that tells of it. */
    void write() throws IOException {
        Files.writeString(FILE, rows);
    }

    @Override
    public String toString() {
        return rows.toString();
    }

    private static String at(List<Long> sorted, double share) {
        return sorted.isEmpty()
                ? "–"
                : Long.toString(Duration.ofNanos(sorted.get((int) Math.ceil(share * (sorted.size() - 1))))
                        .toMillis());
    }
}
