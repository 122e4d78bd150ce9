package identicom.alertservice.notify;

/**
 * What comes back from a phone network. Any thread. It is written down when the call returns: only then may the network be
 * told that it has arrived. A call that throws was not written down, and is to be made again.
 */
public interface PhoneReplies {

    /** What became of a message that the provider had accepted. */
    void receipt(String provider, String messageId, boolean delivered, String detail);

    /** A text that somebody sent to us. */
    void received(String from, String text);
}
