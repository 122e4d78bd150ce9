package identicom.systemtests.traffic;

import identicom.systemtests.harness.Desk;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What people ask units to do while something is broken. One in five is thought better of at once. Any thread. */
public final class Orders {
    private static final Logger LOG = LoggerFactory.getLogger(Orders.class);
    private static final List<Map<String, Object>> KINDS = List.of(
            Map.of("command", "take-picture"),
            Map.of("command", "report-position"),
            Map.of("command", "set-clock"),
            Map.of("command", "show-message", "arguments", Map.of("text", "Call in, please")),
            Map.of("command", "show-message", "arguments", Map.of("text", "}~ all clear")));
    private static final int THOUGHT_BETTER = 5;

    private final Desk desk;
    private final RandomGenerator random;
    private final Set<String> asked = ConcurrentHashMap.newKeySet();

    public Orders(Desk desk, RandomGenerator random) {
        this.desk = desk;
        this.random = random;
    }

    /** Asks one of these units for something; what is not answered may stand there all the same. */
    public void ask(List<String> serials) {
        String serial = serials.get(random.nextInt(serials.size()));
        Map<String, Object> order = KINDS.get(random.nextInt(KINDS.size()));
        boolean back = random.nextInt(THOUGHT_BETTER) == 0;
        asked.add(serial);
        try {
            Desk.Answer answer = desk.post("/api/v1/units/" + serial + "/commands", order);
            if (answer.status() == 202 && back) {
                desk.send("DELETE", "/api/v1/commands/" + answer.json().get("ticket"), "application/json", "");
            }
        } catch (IOException away) {
            LOG.debug("not asked: {}", away.toString());
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    /** Nothing waits for any unit. Once that is so it stays so, when nobody asks any more. */
    public boolean done() throws InterruptedException {
        for (Iterator<String> serials = asked.iterator(); serials.hasNext(); ) {
            try {
                if (!desk.nothingWaitsFor(serials.next())) {
                    return false;
                }
                serials.remove();
            } catch (IOException | AssertionError away) {
                return false;
            }
        }
        return true;
    }
}
