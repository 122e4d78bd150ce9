package identicom.systemtests.torture;

/** One end of a connection: who dialled, or who was dialled. */
enum End {
    CLIENT,
    SERVER
}
