package identicom.alertservice.escalation;

import identicom.alertservice.alert.Alert;
import identicom.alertservice.alert.AlertState;
import identicom.alertservice.alert.Standing;
import identicom.alertservice.notify.PhoneTexts;
import identicom.alertservice.store.Reference;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;

/**
 * Rings the phone of somebody who took an alert by a text: it rings on screens, and they may have none. What rings again
 * before they have answered is said again only if it is graver.
 */
final class HolderPhone {

    private static final String BY_TEXT = "sms:";
    private static final String REMINDER =
            "you have it, and nothing was noted for a while. Others are called soon unless you";

    private static final String RANG = "you have it, and it rings again: something new has come. Others are called in "
            + Standing.REOPEN_AFTER.toSeconds() + " s unless you";

    private HolderPhone() {}

    /** @param ringsBefore how often the alert had rung before this change */
    static void ring(Connection tx, Alert alert, int ringsBefore, Instant now) throws SQLException {
        String holder = alert.acknowledgedBy();
        boolean rang = alert.state() == AlertState.ACKNOWLEDGED && alert.rings() > ringsBefore;
        if (!rang || alert.test() || holder == null || !holder.startsWith(BY_TEXT)) {
            return;
        }
        String number = holder.substring(BY_TEXT.length());
        Instant opens = alert.reopenAt();
        long reference = Reference.number(tx, alert.id());
        if (opens == null) {
            PhoneTexts.say(tx, alert.id(), number, text(alert, reference, REMINDER), now);
        } else {
            Instant since = opens.minus(Standing.REOPEN_AFTER);
            PhoneTexts.sayOnce(tx, alert.id(), number, text(alert, reference, RANG), since, now);
        }
    }

    private static String text(Alert alert, long reference, String what) {
        String kind = alert.kind().replace('-', ' ').toUpperCase(Locale.ROOT);
        return kind + " " + Reference.text(reference) + ": " + what + " reply TAKE " + reference;
    }
}
