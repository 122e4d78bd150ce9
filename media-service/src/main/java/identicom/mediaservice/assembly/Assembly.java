package identicom.mediaservice.assembly;

import identicom.mediaservice.index.Parts;
import identicom.mediaservice.index.Parts.Range;
import identicom.mediaservice.index.Parts.Reading;
import identicom.mediaservice.index.PictureRow;
import identicom.mediaservice.index.PictureState;
import identicom.mediaservice.store.ContentHash;
import identicom.mediaservice.store.PictureStore.Deposit;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * Puts one picture together from what is stored of it and what a batch brings. Each reading is put together for itself: blocks of two
 * readings are never mixed, and of neither anything is given up before the picture is whole.
 *
 * <table>
 * <caption>What becomes of a picture</caption>
 * <tr><td>complete</td><td>stays so; further blocks of it change nothing</td></tr>
 * <tr><td>a reading is whole and its CRC right, or the size is 0</td><td>complete</td></tr>
 * <tr><td>the reading that was declared corrupt is whole and its CRC wrong</td><td>corrupt; what was read is kept</td></tr>
 * <tr><td>anything of it is here</td><td>partial; corrupt stays corrupt</td></tr>
 * <tr><td>nothing of it is here and it is said to be too large</td><td>too large</td></tr>
 * </table>
 *
 * <p>A corrupt picture can still become complete: should a station read it once more and find it right, the unit deletes it.
 *
 * <p>Confined to one thread; holds one picture in memory.
 */
final class Assembly {
    private final Parts parts;
    private final Deposit deposit;
    private final Map<Reading, List<Range>> stored;
    private final List<PictureRow> finished = new ArrayList<>();

    /** @param stored what is stored of the batch's pictures */
    Assembly(Parts parts, Deposit deposit, Map<Reading, List<Range>> stored) {
        this.parts = parts;
        this.deposit = deposit;
        this.stored = stored;
    }

    /** What becomes of {@code row} with {@code delivery}. When it is whole now, its content is in the deposit and its parts are needed no more. */
    PictureRow with(PictureRow row, Delivery delivery) throws SQLException, IOException {
        if (row.state() == PictureState.COMPLETE) {
            return row;
        }
        if (row.key().size() == 0) {
            return whole(row, PictureState.COMPLETE, new byte[0]);
        }
        PictureRow known = delivery.corruptReading() == null ? row : row.withCorruptReading(delivery.corruptReading());
        Map<Integer, List<Range>> here = new HashMap<>();
        for (int reading = 1; reading <= 2; reading++) {
            Reading one = new Reading(row.id(), reading);
            List<Range> old = new ArrayList<>(stored.getOrDefault(one, List.of()));
            Pieces fresh = delivery.readings().getOrDefault(reading, new Pieces());
            boolean declared = known.corruptReading() != null && known.corruptReading() == reading;
            Pieces pieces = takingOverlapped(one, old, fresh);
            if (Coverage.bytes(old) + pieces.size() == row.key().size() && (!fresh.isEmpty() || declared)) {
                byte[] content = content(row, one, old, pieces);
                if (crc(content) == row.key().crc32()) {
                    return whole(known, PictureState.COMPLETE, content);
                }
                if (declared) {
                    return whole(known, PictureState.CORRUPT, content);
                }
            }
            for (Pieces.Piece run : pieces.runs()) {
                parts.add(one, run.start(), run.data());
                old.add(new Range(run.start(), run.data().length));
            }
            here.put(reading, old);
        }
        if (known.state() == PictureState.CORRUPT) {
            return known;
        }
        long received =
                here.values().stream().mapToLong(Coverage::fromStart).max().orElse(0);
        boolean something = here.values().stream().anyMatch(ranges -> !ranges.isEmpty());
        boolean tooLarge = !something && (delivery.tooLarge() || known.state() == PictureState.TOO_LARGE);
        return known.unfinished(tooLarge ? PictureState.TOO_LARGE : PictureState.PARTIAL, received);
    }

    /** Stored parts that {@code fresh} overlaps are taken out of the table and of {@code old}, and joined with it, the fresh bytes on top. */
    private Pieces takingOverlapped(Reading reading, List<Range> old, Pieces fresh) throws SQLException {
        List<Range> overlapped = old.stream()
                .filter(range -> fresh.overlaps(range.start(), range.end()))
                .toList();
        if (overlapped.isEmpty()) {
            return fresh;
        }
        Pieces joined = new Pieces();
        parts.read(reading, overlapped, joined::add);
        parts.remove(reading, overlapped);
        old.removeAll(overlapped);
        fresh.runs().forEach(run -> joined.add(run.start(), run.data()));
        return joined;
    }

    private byte[] content(PictureRow row, Reading reading, List<Range> old, Pieces pieces) throws SQLException {
        byte[] content = new byte[Math.toIntExact(row.key().size())];
        parts.read(reading, old, (start, data) -> System.arraycopy(data, 0, content, start, data.length));
        pieces.runs().forEach(run -> System.arraycopy(run.data(), 0, content, run.start(), run.data().length));
        return content;
    }

    private PictureRow whole(PictureRow row, PictureState state, byte[] content) throws IOException {
        ContentHash hash = ContentHash.of(content);
        deposit.add(hash, content);
        PictureRow whole = row.whole(state, hash);
        finished.add(whole);
        return whole;
    }

    /** The pictures that were found whole: they need none of their parts any more. */
    List<PictureRow> finished() {
        return finished;
    }

    private static long crc(byte[] content) {
        CRC32 crc = new CRC32();
        crc.update(content);
        return crc.getValue();
    }
}
