package identicom.alertservice.notify.sms;

import java.util.List;

/** What one provider did with one message. */
sealed interface Outcome {

    /** @param ids of its parts, in their order */
    record Accepted(List<String> ids) implements Outcome {}

    /** It works, and does not take this number. */
    record Refused(String why) implements Outcome {}

    /** It did not take the message, and would perhaps not take another one either. */
    record Failed(String why) implements Outcome {}
}
