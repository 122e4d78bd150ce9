package identicom.systemtests.harness;

import identicom.simulator.line.DialingUnit;
import identicom.wire.event.StandardEvent;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The wearers of a fleet's units go down one after the other, each once, and how long it takes until a screen shows it. */
public final class Emergencies implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Emergencies.class);

    private final Map<String, Fall> falls = new ConcurrentHashMap<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("emergencies").daemon(true).factory());
    private volatile String now = "";

    private record Fall(long atNanos, String during) {}

    /**
     * One of them.
     *
     * @param during what was going on when the wearer went down
     * @param took from the moment at which the unit logs it, connected or not, to its alert on the stream
     */
    public record Wait(String serial, String during, Duration took) {}

    /** The units in their order, one each {@code every}, until each of them had its turn. */
    public Emergencies(List<DialingUnit> units, Duration every) {
        Iterator<DialingUnit> next = units.iterator();
        clock.scheduleAtFixedRate(() -> fall(next.next()), 0, every.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Says what is going on from now on. */
    public void during(String what) {
        now = what;
        LOG.info("{}", what);
    }

    /** The wearer goes down now, if that has not happened before. */
    public void fall(DialingUnit unit) {
        if (falls.putIfAbsent(unit.unit().serial(), new Fall(System.nanoTime(), now)) == null) {
            unit.log(StandardEvent.MAN_DOWN);
        }
    }

    /** The units whose wearers went down. */
    public Set<String> serials() {
        return Set.copyOf(falls.keySet());
    }

    /** How many went down while this was going on. */
    public int fallen(String during) {
        return (int) falls.values().stream()
                .filter(fall -> fall.during().equals(during))
                .count();
    }

    /** Those that were on the stream. */
    public List<Wait> waits(AlertStream stream) {
        Map<String, Long> shown = new HashMap<>();
        for (AlertStream.Heard heard : stream.heard()) {
            if (heard.event().equals("alert")) {
                shown.putIfAbsent(heard.data().path("serial").asText(), heard.atNanos());
            }
        }
        return falls.entrySet().stream()
                .filter(fallen -> shown.containsKey(fallen.getKey()))
                .map(fallen -> new Wait(
                        fallen.getKey(),
                        fallen.getValue().during(),
                        Duration.ofNanos(
                                shown.get(fallen.getKey()) - fallen.getValue().atNanos())))
                .toList();
    }

    /** A line for each thing that was going on: how many went down, and when half of them and the last one were shown. */
    public static String text(List<Wait> waits) {
        Map<String, List<Duration>> sorted = waits.stream()
                .collect(Collectors.groupingBy(
                        Wait::during,
                        TreeMap::new,
                        Collectors.collectingAndThen(
                                Collectors.mapping(Wait::took, Collectors.toList()),
                                took -> took.stream().sorted().toList())));
        return sorted.entrySet().stream()
                .map(one -> "%-40s %4d man-downs, shown after p50 %d ms, max %d ms"
                        .formatted(
                                one.getKey(),
                                one.getValue().size(),
                                one.getValue().get(one.getValue().size() / 2).toMillis(),
                                one.getValue().getLast().toMillis()))
                .collect(Collectors.joining("\n"));
    }

    /** From now on no one goes down. */
    public void end() {
        clock.close();
    }

    @Override
    public void close() {
        end();
    }
}
