package identicom.receiver.publish;

/** A station whose clusters answer and whose queues have room. */
public final class NothingSilent implements StationState {
    @Override
    public boolean mainSilent() {
        return false;
    }

    @Override
    public boolean prioritySilent() {
        return false;
    }

    @Override
    public boolean outboxFull() {
        return false;
    }

    @Override
    public boolean picturesFull() {
        return false;
    }

    @Override
    public boolean criticalFull() {
        return false;
    }

    @Override
    public boolean nowhere() {
        return false;
    }

    @Override
    public void onChange(Runnable listener) {
        // nothing changes
    }
}
