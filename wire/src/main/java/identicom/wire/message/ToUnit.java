package identicom.wire.message;

/** What a station may send. All of it is for units, but for {@link ProbeReply}: that is for a load balancer. */
public sealed interface ToUnit extends Message
        permits Identify, ReadEventLog, DeleteEventLog, Command, ListPictures, ReadPicture, DeletePicture, ProbeReply {}
