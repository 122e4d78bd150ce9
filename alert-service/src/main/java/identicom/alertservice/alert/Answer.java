package identicom.alertservice.alert;

import java.util.List;

/** What became of something that a person wanted to do to an alert. */
public sealed interface Answer {

    Alert alert();

    /** Done: the alert as it is now. */
    record Done(Alert alert) implements Answer {}

    /** It was so already, nothing changed. */
    record AsBefore(Alert alert) implements Answer {}

    /**
     * Not in this state.
     *
     * @param why for the person
     * @param openSteps what has to be done first
     */
    record Refused(Alert alert, String why, List<String> openSteps) implements Answer {
        Refused(Alert alert, String why) {
            this(alert, why, List.of());
        }
    }
}
