package identicom.receiver.simulation;

import identicom.receiver.publish.Publisher;
import identicom.receiver.publish.Receipt;
import identicom.schema.v1.CommandResult;
import identicom.schema.v1.Event;
import identicom.schema.v1.PictureBlock;
import identicom.schema.v1.PictureIdentity;
import identicom.schema.v1.PictureProgress;
import identicom.schema.v1.Quarantined;
import identicom.schema.v1.SessionRecord;

/** Hands everything on as it is; what is wrong with a wrong one is in what it overrides. */
class WatchedPublisher implements Publisher {
    private final Publisher next;

    WatchedPublisher(Publisher next) {
        this.next = next;
    }

    @Override
    public void event(Event event, Receipt receipt) {
        next.event(event, receipt);
    }

    @Override
    public void quarantine(Quarantined record) {
        next.quarantine(record);
    }

    @Override
    public void picture(PictureBlock block, Receipt receipt) {
        next.picture(block, receipt);
    }

    @Override
    public void pictureProgress(PictureProgress progress, Receipt receipt) {
        next.pictureProgress(progress, receipt);
    }

    @Override
    public void commandResult(CommandResult result) {
        next.commandResult(result);
    }

    @Override
    public void pictureGone(PictureIdentity picture) {
        next.pictureGone(picture);
    }

    @Override
    public long identifying(String sessionId) {
        return next.identifying(sessionId);
    }

    @Override
    public void identified(String sessionId) {
        next.identified(sessionId);
    }

    @Override
    public void session(SessionRecord record) {
        next.session(record);
    }

    @Override
    public void heartbeat(SessionRecord record) {
        next.heartbeat(record);
    }
}
