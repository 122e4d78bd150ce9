package identicom.systemtests.measure;

import identicom.systemtests.backing.Backing.Running;
import identicom.systemtests.harness.Desk;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How fast a process's consumers store what they read, each of which is one thread. */
final class Loops {
    private static final Pattern RECORDS =
            Pattern.compile("(?m)^identicom_consume_records_total\\{loop=\"(.+?)\"} (\\S+)$");
    private static final Pattern SECONDS =
            Pattern.compile("(?m)^identicom_consume_batch_seconds_sum\\{loop=\"(.+?)\"} (\\S+)$");
    private static final double ENOUGH = 1_000;

    private Loops() {}

    /** One line a loop that had enough to do since the process began: by the clock, what its database did included. */
    static String text(Running running) throws IOException, InterruptedException {
        String meters = Desk.stranger(running.site()).get("/metrics").body();
        Map<String, Double> seconds = byLoop(SECONDS, meters);
        StringBuilder text = new StringBuilder();
        byLoop(RECORDS, meters).forEach((loop, records) -> {
            if (records >= ENOUGH) {
                double busy = seconds.get(loop);
                text.append("%-24s %,8.0f records in %6.1f s: %,.0f a second%n"
                        .formatted(loop, records, busy, records / busy));
            }
        });
        return text.toString();
    }

    private static Map<String, Double> byLoop(Pattern line, String meters) {
        Map<String, Double> values = new TreeMap<>();
        Matcher found = line.matcher(meters);
        while (found.find()) {
            values.put(found.group(1), Double.valueOf(found.group(2)));
        }
        return values;
    }
}
