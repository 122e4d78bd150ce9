package identicom.wire.message;

/** What a station may receive. All of it comes from units, but for {@link Probe}: that is a load balancer's. */
public sealed interface FromUnit extends Message
        permits Identification,
                EventLog,
                EventLogDeleted,
                CommandResult,
                PictureList,
                PictureBlock,
                PictureDeleted,
                PictureError,
                Probe {}
