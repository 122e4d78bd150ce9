package identicom.embedded.smsc;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The phones of the world: puts parts together and keeps the newest texts. Bounded: the oldest are forgotten first. Any thread. */
final class Phones {
    private static final int MOST_UNFINISHED = 1_000;
    private static final int SHORTEST_HEADER = 6;

    /** Parts with the same of all this belong together. */
    private record Series(String from, String to, int dataCoding, int reference, int count) {}

    private final int most;
    private final Deque<PhoneMessage> messages = new ArrayDeque<>();
    private final Map<Series, TreeMap<Integer, PhoneMessage.Part>> unfinished = new LinkedHashMap<>();

    Phones(int most) {
        this.most = most;
    }

    synchronized void part(String from, String to, PhoneMessage.Part part) {
        byte[] bytes = part.bytes();
        boolean concatenated = part.header() && bytes.length >= SHORTEST_HEADER && bytes[1] == 0 && bytes[2] == 3;
        if (!concatenated) {
            finished(from, to, List.of(part));
            return;
        }
        Series series = new Series(from, to, part.dataCoding(), bytes[3] & 0xff, bytes[4] & 0xff);
        TreeMap<Integer, PhoneMessage.Part> parts = unfinished.computeIfAbsent(series, s -> new TreeMap<>());
        parts.put(bytes[5] & 0xff, part);
        if (parts.size() == series.count) {
            unfinished.remove(series);
            finished(from, to, new ArrayList<>(parts.values()));
        } else if (unfinished.size() > MOST_UNFINISHED) {
            unfinished.remove(unfinished.keySet().iterator().next());
        }
    }

    private void finished(String from, String to, List<PhoneMessage.Part> parts) {
        String text = parts.stream()
                .map(part -> PhoneAlphabet.read(part.dataCoding(), PhoneAlphabet.body(part)))
                .collect(Collectors.joining());
        messages.addLast(new PhoneMessage(Instant.now(), from, to, text, List.copyOf(parts)));
        if (messages.size() > most) {
            messages.removeFirst();
        }
    }

    /** Oldest first. */
    synchronized List<PhoneMessage> messages() {
        return List.copyOf(messages);
    }
}
