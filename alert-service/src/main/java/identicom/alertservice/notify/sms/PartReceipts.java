package identicom.alertservice.notify.sms;

import identicom.alertservice.notify.PhoneReplies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Makes one receipt out of those of a message's parts. Outside, a message goes by the id of its last part: that is what
 * survives a restart, and nothing here does.
 *
 * <p>While this instance remembers the message, it is delivered when all of its parts are, and failed with the first
 * part that failed. When the last part is delivered and others say nothing for a minute (their receipts may have gone
 * to another instance), it counts as delivered and the detail says of how many parts that is known. A receipt for a
 * part that this instance does not know is passed on under the part's own id: after a restart, or at another instance
 * than the one that sent, the last part stands for the message. Bounded: what is oldest is forgotten first.
 */
final class PartReceipts {
    private static final int MOST_MESSAGES = 5_000;
    private static final int MOST_EARLY = 1_000;
    private static final Duration OTHERS_WITHIN = Duration.ofMinutes(1);

    private static final class Parts {
        final String last;
        final List<String> ids;
        final Set<String> delivered = new HashSet<>();
        long lastAt;
        boolean told;

        Parts(List<String> ids) {
            this.ids = ids;
            this.last = ids.getLast();
        }

        String known() {
            return ", known of " + delivered.size() + " of " + ids.size() + " parts";
        }
    }

    /** @param parts to be marked as told once it is passed on */
    private record Verdict(Optional<Parts> parts, String id, boolean delivered, String detail) {}

    private final String provider;
    private final PhoneReplies replies;
    private final LongSupplier nanoTime;
    private final Map<String, Parts> messages = new LinkedHashMap<>();
    private final Map<String, Parts> byPart = new HashMap<>();
    private final Map<String, Receipt> early = new LinkedHashMap<>();

    PartReceipts(String provider, PhoneReplies replies, LongSupplier nanoTime) {
        this.provider = provider;
        this.replies = replies;
        this.nanoTime = nanoTime;
    }

    /** Every part of a message was accepted. Of one part there is nothing to remember. */
    void accepted(List<String> ids) {
        if (ids.size() == 1) {
            return;
        }
        List<Receipt> came = new ArrayList<>();
        synchronized (this) {
            Parts parts = new Parts(ids);
            // passed on already, under the id that is the message's
            parts.told = early.containsKey(parts.last);
            messages.put(parts.last, parts);
            ids.forEach(id -> byPart.put(id, parts));
            ids.stream().filter(early::containsKey).forEach(id -> came.add(early.remove(id)));
            forgetOldest();
        }
        came.forEach(this::receipt);
    }

    private void forgetOldest() {
        while (messages.size() > MOST_MESSAGES) {
            Parts oldest = messages.remove(messages.keySet().iterator().next());
            oldest.ids.forEach(byPart::remove);
        }
        while (early.size() > MOST_EARLY) {
            early.remove(early.keySet().iterator().next());
        }
    }

    /** Returns when whoever has to know knows; throws what they throw, and can then be called again. */
    void receipt(Receipt receipt) {
        verdict(receipt).ifPresent(this::pass);
    }

    private synchronized Optional<Verdict> verdict(Receipt receipt) {
        if (receipt.state() == Receipt.State.OPEN) {
            return Optional.empty();
        }
        boolean delivered = receipt.state() == Receipt.State.DELIVERED;
        Parts parts = byPart.get(receipt.messageId());
        if (parts == null) {
            early.put(receipt.messageId(), receipt);
            forgetOldest();
            return Optional.of(new Verdict(Optional.empty(), receipt.messageId(), delivered, receipt.detail()));
        }
        if (parts.told) {
            return Optional.empty();
        }
        if (!delivered) {
            return Optional.of(new Verdict(Optional.of(parts), parts.last, false, receipt.detail()));
        }
        parts.delivered.add(receipt.messageId());
        if (receipt.messageId().equals(parts.last)) {
            parts.lastAt = nanoTime.getAsLong();
        }
        return parts.delivered.size() < parts.ids.size()
                ? Optional.empty()
                : Optional.of(new Verdict(Optional.of(parts), parts.last, true, receipt.detail()));
    }

    private void pass(Verdict verdict) {
        replies.receipt(provider, verdict.id, verdict.delivered, verdict.detail);
        synchronized (this) {
            verdict.parts.ifPresent(parts -> parts.told = true);
        }
    }

    /** Passes on those whose last part was delivered a minute ago and whose others have not said anything. */
    void passOnWaiting() {
        waiting().forEach(this::pass);
    }

    private synchronized List<Verdict> waiting() {
        long now = nanoTime.getAsLong();
        return messages.values().stream()
                .filter(parts -> !parts.told && parts.delivered.contains(parts.last))
                .filter(parts -> now - parts.lastAt >= OTHERS_WITHIN.toNanos())
                .map(parts -> new Verdict(Optional.of(parts), parts.last, true, "DELIVRD" + parts.known()))
                .toList();
    }
}
