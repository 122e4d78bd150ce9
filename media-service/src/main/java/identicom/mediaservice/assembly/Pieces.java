package identicom.mediaservice.assembly;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Pieces of one reading, none overlapping another. Where a new one covers bytes that are there, the new bytes stay: a block is read
 * again only after a connection was lost, and the station's CRC is of what it read last. Confined to one thread.
 */
final class Pieces {
    private final NavigableMap<Integer, byte[]> byStart = new TreeMap<>();

    /** Bytes from {@code start} on. */
    record Piece(int start, byte[] data) {
        int end() {
            return start + data.length;
        }
    }

    void add(int start, byte[] data) {
        if (data.length == 0) {
            return;
        }
        List<Piece> overlapped = overlapped(start, start + data.length);
        if (overlapped.isEmpty()) {
            byStart.put(start, data);
            return;
        }
        int from = Math.min(start, overlapped.getFirst().start());
        int to = Math.max(start + data.length, overlapped.getLast().end());
        byte[] merged = new byte[to - from];
        for (Piece piece : overlapped) {
            System.arraycopy(piece.data(), 0, merged, piece.start() - from, piece.data().length);
            byStart.remove(piece.start());
        }
        System.arraycopy(data, 0, merged, start - from, data.length);
        byStart.put(from, merged);
    }

    private List<Piece> overlapped(int start, int end) {
        List<Piece> found = new ArrayList<>();
        Map.Entry<Integer, byte[]> before = byStart.lowerEntry(start);
        if (before != null && before.getKey() + before.getValue().length > start) {
            found.add(new Piece(before.getKey(), before.getValue()));
        }
        byStart.subMap(start, end).forEach((at, data) -> found.add(new Piece(at, data)));
        return found;
    }

    boolean overlaps(int start, int end) {
        return !overlapped(start, end).isEmpty();
    }

    boolean isEmpty() {
        return byStart.isEmpty();
    }

    /** Bytes in all. */
    int size() {
        return byStart.values().stream().mapToInt(data -> data.length).sum();
    }

    /** From the start on; those that touch are one. */
    List<Piece> runs() {
        List<Piece> runs = new ArrayList<>();
        List<byte[]> touching = new ArrayList<>();
        int start = 0;
        int end = -1;
        for (Map.Entry<Integer, byte[]> piece : byStart.entrySet()) {
            if (piece.getKey() != end) {
                close(runs, start, touching);
                start = piece.getKey();
            }
            touching.add(piece.getValue());
            end = piece.getKey() + piece.getValue().length;
        }
        close(runs, start, touching);
        return runs;
    }

    private static void close(List<Piece> runs, int start, List<byte[]> touching) {
        if (touching.isEmpty()) {
            return;
        }
        byte[] joined = new byte[touching.stream().mapToInt(data -> data.length).sum()];
        int at = 0;
        for (byte[] data : touching) {
            System.arraycopy(data, 0, joined, at, data.length);
            at += data.length;
        }
        touching.clear();
        runs.add(new Piece(start, joined));
    }
}
