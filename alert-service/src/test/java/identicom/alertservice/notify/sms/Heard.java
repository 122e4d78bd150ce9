package identicom.alertservice.notify.sms;

import identicom.alertservice.notify.PhoneReplies;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what came back from phones, or fails when told to. */
final class Heard implements PhoneReplies {
    private final List<String> receipts = new CopyOnWriteArrayList<>();
    private final List<String> texts = new CopyOnWriteArrayList<>();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private volatile boolean failing;

    void fail(boolean on) {
        failing = on;
    }

    List<String> receipts() {
        return receipts;
    }

    List<String> texts() {
        return texts;
    }

    int failures() {
        return failures.size();
    }

    @Override
    public void receipt(String provider, String messageId, boolean delivered, String detail) {
        failIfTold();
        receipts.add(provider + " " + messageId + " " + delivered + " " + detail);
    }

    @Override
    public void received(String from, String text) {
        failIfTold();
        texts.add(from + " " + text);
    }

    private void failIfTold() {
        if (failing) {
            failures.add("");
            throw new IllegalStateException("as the test wants it");
        }
    }
}
