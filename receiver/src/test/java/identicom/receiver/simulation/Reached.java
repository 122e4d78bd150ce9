package identicom.receiver.simulation;

/** What schedules are meant to get to. */
enum Reached {
    CALL,
    EVENT_DELETED,
    PICTURE_DELETED,
    STATION_DIED,
    LINE_CUT,
    SESSION_REPLACED,
    RECORD_FAILED,
    CLUSTER_UNWELL,
    REBOOT,
    COMMAND_DONE
}
