package identicom.receiver.session;

import identicom.wire.message.PictureBlock;
import identicom.wire.message.PictureEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How far one picture was read, and how far what was read is durable. Blocks are read in order, so the CRC runs with them.
 *
 * @param read what is read so far
 * @param pending blocks from the first one on that main has not acknowledged, oldest first; never more than the window
 * @param durable everything before the first pending block
 * @param saved what the last acknowledged progress record tells, or the one that was resumed from
 * @param told what the progress record tells that is not acknowledged yet
 * @param saving its number; {@link #NONE} without one
 * @param ahead blocks read beyond {@code saved}
 * @param lost a block or a progress record will never be acknowledged
 */
record PictureRun(
        PicturePosition read,
        List<Sent> pending,
        PicturePosition durable,
        PicturePosition saved,
        PicturePosition told,
        long saving,
        int ahead,
        boolean lost) {
    static final long NONE = -1;

    /** A block that was handed over under this number; {@code upTo} is what is read with it. */
    record Sent(long number, PicturePosition upTo, boolean acknowledged) {}

    /** What the picture needs next. */
    enum Need {
        /** The next block is to be asked. */
        BLOCK,
        /** A progress record is to be written. */
        RECORD,
        /** Acknowledgements are missing. */
        PATIENCE,
        /** Read, durable, CRC right: it can be deleted. */
        DELETE,
        /** The CRC of the first reading is wrong. */
        SECOND_READING,
        /** Recorded as corrupt. */
        NOTHING
    }

    static PictureRun from(PicturePosition start) {
        return new PictureRun(start, List.of(), start, start, start, NONE, 0, false);
    }

    /** A picture of 0 bytes, whose only record has this number. */
    static PictureRun empty(PictureEntry picture, long number) {
        PicturePosition start = PicturePosition.start(picture);
        PicturePosition end = start.at(0, picture.crc32());
        return new PictureRun(end, List.of(new Sent(number, end, false)), start, start, start, NONE, 1, false);
    }

    PictureEntry picture() {
        return read.picture();
    }

    Need need(int window) {
        if (saving != NONE) {
            return Need.PATIENCE;
        }
        if (!read.atEnd() && ahead < window && saved.reading() == read.reading()) {
            return Need.BLOCK;
        }
        if (read.atEnd() && !read.crcRight() && read.reading() == PicturePosition.FIRST_READING) {
            return Need.SECOND_READING;
        }
        if (!pending.isEmpty()) {
            return Need.PATIENCE;
        }
        if (read.atEnd() && read.crcRight()) {
            return Need.DELETE;
        }
        return saved.corrupt() ? Need.NOTHING : Need.RECORD;
    }

    /** Bytes to ask for next. */
    int nextLength(int blockBytes) {
        return (int) Math.min(blockBytes, picture().size() - read.offset());
    }

    PictureRun received(PictureBlock block, long number) {
        PicturePosition now = read.at(read.offset() + block.data().size(), Crc32.of(read.crc(), block.data()));
        List<Sent> more = new ArrayList<>(pending);
        more.add(new Sent(number, now, false));
        return new PictureRun(now, List.copyOf(more), durable, saved, told, saving, ahead + 1, lost);
    }

    /** All of a second reading is there, and its CRC is wrong too. */
    boolean corrupt() {
        return read.atEnd() && !read.crcRight() && read.reading() == PicturePosition.SECOND_READING;
    }

    PictureRun onceMore() {
        PicturePosition start = read.onceMore();
        return new PictureRun(start, List.of(), start, saved, told, saving, 0, lost);
    }

    /** What a progress record would tell now. */
    PicturePosition toTell() {
        boolean all = pending.isEmpty() && corrupt();
        return all ? durable.asCorrupt() : durable;
    }

    PictureRun telling(long number) {
        return new PictureRun(read, pending, durable, saved, toTell(), number, ahead, lost);
    }

    PictureRun acknowledged(long number) {
        if (number == saving) {
            return new PictureRun(read, pending, durable, told, told, NONE, pending.size(), lost);
        }
        List<Sent> left = new ArrayList<>(pending);
        left.replaceAll(sent -> sent.number() == number ? new Sent(number, sent.upTo(), true) : sent);
        PicturePosition now = durable;
        while (!left.isEmpty() && left.getFirst().acknowledged()) {
            now = left.removeFirst().upTo();
        }
        return new PictureRun(read, List.copyOf(left), now, saved, told, saving, ahead, lost);
    }

    PictureRun lost(long number) {
        boolean ours =
                number == saving || pending.stream().anyMatch(sent -> sent.number() == number && !sent.acknowledged());
        return ours ? new PictureRun(read, pending, durable, saved, told, saving, ahead, true) : this;
    }

    /** What is durable and no progress record tells yet. */
    Optional<PicturePosition> untold() {
        PicturePosition now = toTell();
        return now.equals(told) || picture().size() == 0 ? Optional.empty() : Optional.of(now);
    }
}
