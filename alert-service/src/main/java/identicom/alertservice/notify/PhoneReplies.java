package identicom.alertservice.notify;

/** What comes back from a phone network. Any thread; never throws. */
public interface PhoneReplies {

    /** What became of a message that the provider had accepted. */
    void receipt(String provider, String messageId, boolean delivered, String detail);

    /** A text that somebody sent to us. */
    void received(String from, String text);
}
