package identicom.simulator.unit;

/**
 * Is told of everything that happens in a unit's memory, in order of happening, so that it is known even if this process ends. One keeper
 * may serve many units; theirs are the threads that call it.
 */
public interface JournalKeeper {
    /** Keeps nothing. */
    JournalKeeper NONE = new JournalKeeper() {
        @Override
        public void logged(String serial, Entry entry) {}

        @Override
        public void deleted(String serial, Entry entry) {}

        @Override
        public void overwritten(String serial, Entry entry) {}

        @Override
        public void took(String serial, TakenPicture picture) {}

        @Override
        public void pictureDeleted(String serial, TakenPicture picture) {}

        @Override
        public void carriedOut(String serial, CarriedOut command) {}

        @Override
        public void settle() {}
    };

    void logged(String serial, Entry entry);

    /** A station had it deleted. */
    void deleted(String serial, Entry entry);

    /** It left the memory unread. */
    void overwritten(String serial, Entry entry);

    void took(String serial, TakenPicture picture);

    /** A station had it deleted. */
    void pictureDeleted(String serial, TakenPicture picture);

    /** It did what it was told, or could not; once for a ticket. */
    void carriedOut(String serial, CarriedOut command);

    /** Returns once all that was told is kept. A unit says nothing before that. */
    void settle();
}
