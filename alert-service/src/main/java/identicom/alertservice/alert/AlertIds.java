package identicom.alertservice.alert;

import identicom.schema.EventIdentity;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * The ids of alerts, made from the identity of their first event: so the instance that shows an alert from memory and
 * the one that stores it call it the same.
 */
final class AlertIds {

    private AlertIds() {}

    /** Of a flood alert whose first event this is; the event's own id stays free for an alert of its own. */
    static UUID floodOf(EventIdentity event) {
        return derived(event, "flood");
    }

    /** Of the alert that this event raises when the whitelist vouches for it after its first alert was closed. */
    static UUID raisedAgainBy(EventIdentity event) {
        return derived(event, "whitelisted");
    }

    private static UUID derived(EventIdentity event, String purpose) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(event.bytes());
            byte[] hash = digest.digest(purpose.getBytes(StandardCharsets.US_ASCII));
            return EventIdentity.ofBytes(hash).alertId();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
