package identicom.alertservice.alert;

/** What became of something that a person wanted to do to an alert. */
public sealed interface Answer {

    /** Done: the alert as it is now. */
    record Done(Alert alert) implements Answer {}

    /** It was so already, nothing changed. */
    record AsBefore(Alert alert) implements Answer {}

    /** Not in this state; {@code why} is for the person. */
    record Refused(Alert alert, String why) implements Answer {}
}
