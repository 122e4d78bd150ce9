package identicom.systemtests.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import identicom.simulator.unit.Journal;
import identicom.simulator.unit.TakenPicture;
import identicom.systemtests.harness.Desk;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The pictures' part of the {@link Ledger}. */
final class PictureLedger {
    private final List<Journal> journals;
    private final Duration storing;
    private final Instant since;

    PictureLedger(List<Journal> journals, Duration storing, Instant since) {
        this.journals = journals;
        this.storing = storing;
        this.since = since;
    }

    /** Waits until every deleted picture is stored whole, then checks everything. */
    void check(Desk desk) throws IOException, InterruptedException {
        Map<StoredPicture, TakenPicture> taken = all(Journal::pictures);
        Set<StoredPicture> deleted = all(Journal::deletedPictures).keySet();
        Eventually.holds(
                storing,
                () -> assertThat(missing(deleted, stored(desk)))
                        .as("deleted, but not stored")
                        .isEmpty());
        List<JsonNode> items = items(desk);
        List<StoredPicture> stored = items.stream().map(StoredPicture::of).toList();
        assertThat(stored).as("no picture is stored twice").doesNotHaveDuplicates();
        assertThat(missing(new HashSet<>(stored), taken.keySet()))
                .as("stored, but taken by no unit")
                .isEmpty();
        Set<StoredPicture> safe = new HashSet<>(stored);
        safe.addAll(all(Journal::heldPictures).keySet());
        assertThat(missing(taken.keySet(), safe))
                .as("neither stored nor on its unit")
                .isEmpty();
        for (JsonNode item : items) {
            if (item.get("state").asText().equals("complete")) {
                sameBytes(desk, item, taken.get(StoredPicture.of(item)));
            }
        }
    }

    private static void sameBytes(Desk desk, JsonNode item, TakenPicture taken)
            throws IOException, InterruptedException {
        String expected = sha256(taken.content().toArray());
        assertThat(item.get("sha256").asText()).as("%s", item).isEqualTo(expected);
        byte[] content = desk.bytes("/api/v1/pictures/" + item.get("id").asText() + "/content");
        assertThat(sha256(content)).as("content of %s", item).isEqualTo(expected);
    }

    /** Those that are stored whole. */
    private Set<StoredPicture> stored(Desk desk) throws IOException, InterruptedException {
        return items(desk).stream()
                .filter(item -> item.get("state").asText().equals("complete"))
                .map(StoredPicture::of)
                .collect(Collectors.toSet());
    }

    private List<JsonNode> items(Desk desk) throws IOException, InterruptedException {
        Set<String> ours = journals.stream().map(Journal::serial).collect(Collectors.toSet());
        List<JsonNode> items = new ArrayList<>();
        for (JsonNode item : desk.all("/api/v1/pictures?from=" + since)) {
            if (ours.contains(item.get("serial").asText())) {
                items.add(item);
            }
        }
        return items;
    }

    private Map<StoredPicture, TakenPicture> all(Function<Journal, List<TakenPicture>> part) {
        Map<StoredPicture, TakenPicture> all = new HashMap<>();
        for (Journal journal : journals) {
            part.apply(journal).forEach(taken -> all.put(StoredPicture.of(journal.serial(), taken), taken));
        }
        return all;
    }

    private static Set<StoredPicture> missing(Set<StoredPicture> wanted, Set<StoredPicture> there) {
        Set<StoredPicture> left = new HashSet<>(wanted);
        left.removeAll(there);
        return left;
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
