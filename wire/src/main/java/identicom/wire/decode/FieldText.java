package identicom.wire.decode;

import identicom.wire.codec.Instructions;
import identicom.wire.event.EventCatalogue;
import identicom.wire.event.EventType;
import identicom.wire.message.Command;
import identicom.wire.message.CommandResult;
import identicom.wire.message.DeleteEventLog;
import identicom.wire.message.DeletePicture;
import identicom.wire.message.EventEntry;
import identicom.wire.message.EventLog;
import identicom.wire.message.EventLogDeleted;
import identicom.wire.message.Identification;
import identicom.wire.message.Identify;
import identicom.wire.message.Instruction;
import identicom.wire.message.ListPictures;
import identicom.wire.message.Message;
import identicom.wire.message.PictureBlock;
import identicom.wire.message.PictureDeleted;
import identicom.wire.message.PictureEntry;
import identicom.wire.message.PictureError;
import identicom.wire.message.PictureList;
import identicom.wire.message.Probe;
import identicom.wire.message.ProbeReply;
import identicom.wire.message.ReadEventLog;
import identicom.wire.message.ReadPicture;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A message's fields as lines of text, name and value. */
final class FieldText {
    private FieldText() {}

    static List<String> lines(Message message) {
        return switch (message) {
            case Probe m -> List.of();
            case Identify m -> List.of();
            case ListPictures m -> List.of();
            case ProbeReply m ->
                List.of(line("state", m.state().name().toLowerCase(Locale.ROOT).replace('_', ' ')));
            case Identification m ->
                List.of(line("serial", m.serial()), line("software version", "\"" + m.softwareVersion() + "\""));
            case ReadEventLog m -> List.of(line("after", m.after()));
            case DeleteEventLog m -> List.of(line("up to", m.upTo()));
            case EventLogDeleted m -> List.of(line("up to", m.upTo()));
            case EventLog m -> eventLog(m);
            case Command m -> command(m);
            case CommandResult m ->
                List.of(
                        line("ticket", m.ticket()),
                        line(
                                "status",
                                coded(m.status(), 0, "done", "unknown opcode", "bad arguments", "busy", "failed")),
                        line("result", m.result().isEmpty() ? "-" : m.result().toHex()));
            case PictureList m ->
                Stream.concat(
                                Stream.of(line("pictures", m.pictures().size())),
                                m.pictures().stream().map(FieldText::picture))
                        .toList();
            case ReadPicture m ->
                List.of(line("picture", m.picture()), line("offset", m.offset()), line("length", m.length()));
            case PictureBlock m ->
                List.of(
                        line("picture", m.picture()),
                        line("offset", m.offset()),
                        line("data", m.data().size() + " bytes"));
            case DeletePicture m -> List.of(line("picture", m.picture()));
            case PictureDeleted m -> List.of(line("picture", m.picture()));
            case PictureError m ->
                List.of(
                        line("picture", m.picture()),
                        line(
                                "reason",
                                coded(
                                        m.reason(),
                                        1,
                                        "no such picture",
                                        "offset or length out of range",
                                        "memory fault")));
        };
    }

    private static List<String> eventLog(EventLog log) {
        String remaining = log.remaining() == 0xffff ? "65535 or more" : Integer.toString(log.remaining());
        Stream<String> head = Stream.of(
                line("remaining", remaining),
                line("log", log.logId() + (log.pushed() ? ", pushed" : ", an answer")),
                line("entries", log.entries().size()));
        return Stream.concat(head, log.entries().stream().map(FieldText::entry)).toList();
    }

    private static String entry(EventEntry entry) {
        EventType type = EventCatalogue.standard().type(entry.type());
        return "  #" + entry.sequence()
                + "  " + Instant.ofEpochSecond(entry.unitTimeSeconds())
                + (entry.clockNotSet() ? " (clock not set)" : "")
                + "  " + type.codeHex() + " " + type.name()
                + " [" + type.eventClass().name().toLowerCase(Locale.ROOT) + "]"
                + "  position " + position(entry)
                + "  battery " + (entry.battery() == EventEntry.BATTERY_UNKNOWN ? "unknown" : entry.battery() + " %")
                + "  signal "
                + (entry.signalDbm() == EventEntry.SIGNAL_UNKNOWN ? "unknown" : entry.signalDbm() + " dBm");
    }

    private static String position(EventEntry entry) {
        return entry.positionValid()
                ? String.format(Locale.ROOT, "%.7f %.7f", entry.latitudeE7() / 1e7, entry.longitudeE7() / 1e7)
                : "invalid";
    }

    private static String picture(PictureEntry picture) {
        return "  picture " + picture.picture()
                + "  " + picture.size() + " bytes"
                + "  taken " + Instant.ofEpochSecond(picture.takenSeconds())
                + "  CRC-32 " + String.format("%08x", picture.crc32());
    }

    private static List<String> command(Command command) {
        String meaning = switch (Instructions.read(command)) {
            case Instructions.Reading.Understood(Instruction instruction) -> instruction(instruction);
            case Instructions.Reading.Refused(int status) ->
                status == CommandResult.UNKNOWN_OPCODE ? "unknown opcode" : "bad arguments";
        };
        return List.of(
                line("ticket", command.ticket()),
                line("opcode", String.format("%02x", command.opcode()) + " " + meaning),
                line(
                        "arguments",
                        command.arguments().isEmpty()
                                ? "-"
                                : command.arguments().toHex()));
    }

    private static String instruction(Instruction instruction) {
        return switch (instruction) {
            case Instruction.SetCheckInInterval i -> "set check-in interval: " + i.minutes() + " minutes";
            case Instruction.TakePicture i -> "take picture";
            case Instruction.ReportPosition i -> "report position";
            case Instruction.ShowMessage i -> "show message: \"" + printable(i.text()) + "\"";
            case Instruction.SetClock i -> "set clock: " + Instant.ofEpochSecond(i.unitTimeSeconds());
            case Instruction.FirmwareBegin i ->
                "firmware begin: version \"" + i.version() + "\", " + i.size() + " bytes, CRC-32 "
                        + String.format("%08x", i.crc32());
            case Instruction.FirmwareBlock i -> "firmware block: " + i.data().size() + " bytes at offset " + i.offset();
            case Instruction.FirmwareCommit i -> "firmware commit";
        };
    }

    /** A unit's or a station's text is data: nothing in it acts on the terminal. */
    private static String printable(String text) {
        StringBuilder shown = new StringBuilder();
        text.chars().forEach(c -> {
            if (c >= 0x20 && c < 0x7f && c != '\\' && c != '"') {
                shown.append((char) c);
            } else {
                shown.append(String.format("\\x%02x", c));
            }
        });
        return shown.toString();
    }

    private static String coded(int code, int first, String... names) {
        int index = code - first;
        return code + " " + (index >= 0 && index < names.length ? names[index] : "(not in the table)");
    }

    private static String line(String name, Object value) {
        return String.format("%-18s%s", name, value);
    }
}
