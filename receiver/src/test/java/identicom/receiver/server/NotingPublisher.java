package identicom.receiver.server;

import identicom.receiver.publish.Publisher;
import identicom.receiver.publish.Receipt;
import identicom.schema.Cluster;
import identicom.schema.v1.CommandResult;
import identicom.schema.v1.Event;
import identicom.schema.v1.EventClass;
import identicom.schema.v1.PictureBlock;
import identicom.schema.v1.PictureIdentity;
import identicom.schema.v1.PictureProgress;
import identicom.schema.v1.Quarantined;
import identicom.schema.v1.SessionRecord;
import java.util.ArrayList;
import java.util.List;

/** Notes what it is given, and acknowledges all of it at once or none of it. */
final class NotingPublisher implements Publisher {
    /** Of every record. */
    static final long NOW_US = 1_700_000_000_000_000L;

    final List<Object> published = new ArrayList<>();
    private final boolean acknowledging;

    NotingPublisher(boolean acknowledging) {
        this.acknowledging = acknowledging;
    }

    private void acknowledge(Receipt receipt, boolean both) {
        if (acknowledging) {
            receipt.acknowledged(Cluster.MAIN, NOW_US);
            if (both) {
                receipt.acknowledged(Cluster.PRIORITY, NOW_US);
            }
        }
    }

    @Override
    public void event(Event event, Receipt receipt) {
        published.add(event);
        acknowledge(receipt, event.getEventClass() == EventClass.CRITICAL);
    }

    @Override
    public void quarantine(Quarantined record) {
        published.add(record);
    }

    @Override
    public void picture(PictureBlock block, Receipt receipt) {
        published.add(block);
        acknowledge(receipt, false);
    }

    @Override
    public void pictureProgress(PictureProgress progress, Receipt receipt) {
        published.add(progress);
        acknowledge(receipt, false);
    }

    @Override
    public void commandResult(CommandResult result) {
        published.add(result);
    }

    @Override
    public void pictureGone(PictureIdentity picture) {
        published.add(picture);
    }

    @Override
    public long identifying(String sessionId) {
        return NOW_US;
    }

    @Override
    public void identified(String sessionId) {}

    /** How many bytes came is left out: a piece counts whole, also what stands in it behind the session's end. */
    @Override
    public void session(SessionRecord record) {
        SessionRecord.Builder noted = record.toBuilder();
        if (noted.hasClosed()) {
            noted.getClosedBuilder().clearBytesIn();
        }
        published.add(noted.build());
    }

    @Override
    public void heartbeat(SessionRecord record) {
        published.add(record);
    }
}
