package identicom.systemtests.measure;

import static org.awaitility.Awaitility.await;

import identicom.schema.Cluster;
import identicom.systemtests.measure.Quantity.Kind;
import java.io.File;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what an installation has spent, before and after something. */
final class Meter {
    private static final Duration LIMIT = Duration.ofMinutes(5);
    /** What is still on its way to a reader, and what is written once a second, comes within this. */
    private static final Duration SETTLED = Duration.ofSeconds(4);

    private static final Pattern LINE = Pattern.compile(" bytesIn=(\\d+) bytesOut=(\\d+) ");
    private static final Pattern PARTITION = Pattern.compile("(?:identicom\\.)?(.+)-\\d+");

    private final Installation installation;

    Meter(Installation installation) {
        this.installation = installation;
    }

    /** Something that costs. */
    @FunctionalInterface
    interface Work {
        void run() throws Exception;
    }

    /** What a stretch of doing nothing costs. */
    Spent idle(Duration stretch) throws Exception {
        return between(
                () -> await().pollDelay(stretch).atMost(stretch.multipliedBy(2)).until(() -> true));
    }

    /** What the work cost until all of it is read and stored; what idling costs is in it. */
    Spent of(Work work) throws Exception {
        return of(work, "");
    }

    /** The same, until the consumer groups with this word in their names have stored it. */
    Spent of(Work work, String groups) throws Exception {
        return between(() -> {
            work.run();
            settle(groups);
        });
    }

    /** Returns when what was written is stored. */
    void settle(String groups) {
        await("read and stored: " + groups)
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(500))
                .during(SETTLED)
                .until(() -> installation.readers().through(groups));
    }

    private Spent between(Work work) throws Exception {
        Map<Quantity, Double> before = amounts();
        long started = System.nanoTime();
        work.run();
        double seconds = (System.nanoTime() - started) / (double) TimeUnit.SECONDS.toNanos(1);
        return new Spent(seconds, amounts()).less(new Spent(0, before), 1);
    }

    private Map<Quantity, Double> amounts() throws SQLException {
        Map<Quantity, Double> amounts = new TreeMap<>();
        installation
                .parts()
                .forEach((part, pids) ->
                        amounts.put(new Quantity(Kind.PROCESSOR, part), (double) Kernel.processorMicros(pids.get())));
        for (Cluster cluster : Cluster.values()) {
            for (Path folder : installation.records(cluster)) {
                records(cluster, folder, amounts);
            }
        }
        database(amounts);
        line(amounts);
        return amounts;
    }

    private static void records(Cluster cluster, Path folder, Map<Quantity, Double> amounts) {
        for (File partition : files(folder.toFile())) {
            Matcher topic = PARTITION.matcher(partition.getName());
            if (topic.matches() && partition.isDirectory()) {
                for (File file : files(partition)) {
                    if (file.getName().endsWith(".log")) {
                        amounts.merge(
                                new Quantity(Kind.KAFKA, cluster.word() + " " + topic.group(1)),
                                (double) file.length() / Installation.BROKERS,
                                Double::sum);
                    }
                }
            }
        }
    }

    /** None where the folder is gone meanwhile. */
    private static File[] files(File folder) {
        File[] found = folder.listFiles();
        return found == null ? new File[0] : found;
    }

    private void database(Map<Quantity, Double> amounts) throws SQLException {
        for (String row : installation.backing().column("""
                        select n.nspname || ' ' || sum(pg_total_relation_size(c.oid))
                          from pg_class c join pg_namespace n on n.oid = c.relnamespace
                         where c.relkind = 'r' and n.nspname in ('event_log', 'alerts', 'fleet', 'media')
                         group by n.nspname""")) {
            String[] schema = row.split(" ");
            amounts.put(new Quantity(Kind.DATABASE, schema[0]), Double.valueOf(schema[1]));
        }
        amounts.put(new Quantity(Kind.WAL, "all schemas"), (double)
                installation.backing().number("select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint"));
    }

    private void line(Map<Quantity, Double> amounts) {
        for (String said : installation.process(Installation.STATION).program().output()) {
            Matcher session = LINE.matcher(said);
            if (session.find()) {
                amounts.merge(new Quantity(Kind.LINE, "from units"), Double.valueOf(session.group(1)), Double::sum);
                amounts.merge(new Quantity(Kind.LINE, "to units"), Double.valueOf(session.group(2)), Double::sum);
            }
        }
    }
}
