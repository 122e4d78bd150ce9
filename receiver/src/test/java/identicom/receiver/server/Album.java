package identicom.receiver.server;

import identicom.wire.message.DeletePicture;
import identicom.wire.message.EventLog;
import identicom.wire.message.ListPictures;
import identicom.wire.message.Message;
import identicom.wire.message.Octets;
import identicom.wire.message.PictureBlock;
import identicom.wire.message.PictureDeleted;
import identicom.wire.message.PictureEntry;
import identicom.wire.message.PictureList;
import identicom.wire.message.ReadEventLog;
import identicom.wire.message.ReadPicture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.CRC32;

/** A unit's pictures behind a {@link RawUnit}, its log being empty: answers as PROTOCOL.md says until the station's end. */
public final class Album {
    public final Map<Integer, byte[]> pictures = new LinkedHashMap<>();
    public final List<ReadPicture> reads = new ArrayList<>();
    public final List<Message> requests = new ArrayList<>();

    public static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new SplittableRandom(size).nextBytes(bytes);
        return bytes;
    }

    public Album take(int number, byte[] picture) {
        pictures.put(number, picture);
        return this;
    }

    /** Answers each request until the station's end, or until it was asked for {@code reads} blocks, and then hangs up. */
    public Album converse(RawUnit unit, int reads) {
        Message request = unit.next();
        while (request != null && this.reads.size() < reads) {
            requests.add(request);
            answer(unit, request);
            request = this.reads.size() < reads ? unit.next() : null;
        }
        return this;
    }

    private void answer(RawUnit unit, Message request) {
        switch (request) {
            case ReadEventLog read -> unit.send(new EventLog(0, false, Said.LOG, List.of()));
            case ListPictures list -> unit.send(list());
            case ReadPicture read -> {
                reads.add(read);
                byte[] all = pictures.get(read.picture());
                unit.send(new PictureBlock(
                        read.picture(),
                        read.offset(),
                        Octets.of(Arrays.copyOfRange(all, (int) read.offset(), (int) read.offset() + read.length()))));
            }
            case DeletePicture delete -> {
                pictures.remove(delete.picture());
                unit.send(new PictureDeleted(delete.picture()));
            }
            default -> throw new AssertionError("unexpected " + request);
        }
    }

    PictureList list() {
        return new PictureList(pictures.entrySet().stream()
                .map(picture -> entry(picture.getKey(), picture.getValue()))
                .toList());
    }

    private static PictureEntry entry(int number, byte[] picture) {
        CRC32 crc = new CRC32();
        crc.update(picture);
        return new PictureEntry(number, picture.length, 1_700_000_000L + number, crc.getValue());
    }
}
