package identicom.logservice.retention;

/** How many events were erased, by class. */
record ErasedEvents(long critical, long high, long routine) {
    static final ErasedEvents NONE = new ErasedEvents(0, 0, 0);

    ErasedEvents plus(ErasedEvents more) {
        return new ErasedEvents(critical + more.critical, high + more.high, routine + more.routine);
    }

    long all() {
        return critical + high + routine;
    }
}
