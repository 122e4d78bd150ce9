package identicom.receiver.publish;

import identicom.schema.v1.CommandResult;
import identicom.schema.v1.Event;
import identicom.schema.v1.PictureBlock;
import identicom.schema.v1.PictureIdentity;
import identicom.schema.v1.PictureProgress;
import identicom.schema.v1.Quarantined;
import identicom.schema.v1.SessionRecord;

/** Where a station's records go. Any thread; never blocks. */
public interface Publisher {
    /** A critical event goes to both clusters, any other to main. {@code receipt} hears of each cluster once. */
    void event(Event event, Receipt receipt);

    /** To both clusters. */
    void quarantine(Quarantined record);

    /** To main. {@code receipt} hears of it once. */
    void picture(PictureBlock block, Receipt receipt);

    /** To main. {@code receipt} hears of it once. In the order of the calls, as far as one picture goes. */
    void pictureProgress(PictureProgress progress, Receipt receipt);

    /** The picture is gone from its unit: nothing more is kept of its progress. In order with {@link #pictureProgress}. */
    void pictureGone(PictureIdentity picture);

    /** To main. One that is lost is not missed: its command is sent again, and its unit repeats the answer. */
    void commandResult(CommandResult result);

    /**
     * A unit identifies itself in this session, now: microseconds since 1970 UTC. No heartbeat claims this moment until the
     * session's opened record is published, or {@link #identified} says that there will be none.
     */
    long identifying(String sessionId);

    void identified(String sessionId);

    /**
     * In the order of the calls, as far as one serial goes. Of a record that cannot be published it is kept when its unit was
     * last heard, and published when that can be done.
     */
    void session(SessionRecord record);

    /** To every partition of the sessions' topic, once everything heard up to its time stands before it; or never. */
    void heartbeat(SessionRecord record);
}
