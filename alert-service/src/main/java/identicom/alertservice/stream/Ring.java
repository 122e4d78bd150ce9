package identicom.alertservice.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What all streams of this instance carry, once for all of them: the newest frames, which each stream reads at its own
 * pace. So a screen costs a position and no memory, and one that reads slowly holds nothing up. Bounded in frames and in
 * their size together; at the bound the oldest frame goes, and a stream that had not read it yet is cut off and resumes
 * by its last id. Any thread.
 */
final class Ring {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition appended = lock.newCondition();
    private final Frame[] slots;
    private final long mostChars;
    private long chars;
    private long oldest;
    private long tail;
    private long resumableFrom = Long.MAX_VALUE;

    /** @param mostChars in the data of all frames; the newest frame is kept whatever its size */
    Ring(int capacity, long mostChars) {
        this.slots = new Frame[capacity];
        this.mostChars = mostChars;
    }

    void append(Frame frame) {
        lock.lock();
        try {
            if (tail - oldest == slots.length) {
                dropOldest();
            }
            slots[(int) (tail % slots.length)] = frame;
            tail++;
            chars += frame.data().length();
            while (chars > mostChars && tail - oldest > 1) {
                dropOldest();
            }
            appended.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** From here on every change is appended: a stream that has seen {@code changeId} or a later one can resume here. */
    void completeFrom(long changeId) {
        lock.lock();
        try {
            resumableFrom = changeId;
            appended.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether {@link #completeFrom} was called, after at most this wait. It is for streams: it blocks. */
    boolean awaitComplete(Duration wait) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = wait.toNanos();
            while (resumableFrom == Long.MAX_VALUE && left > 0) {
                left = appended.awaitNanos(left);
            }
            return resumableFrom != Long.MAX_VALUE;
        } finally {
            lock.unlock();
        }
    }

    /** Where the next frame will stand. */
    long tail() {
        lock.lock();
        try {
            return tail;
        } finally {
            lock.unlock();
        }
    }

    /** Where a stream goes on whose last id this was; empty when what followed is not all here any more. */
    Optional<Long> after(long changeId) {
        lock.lock();
        try {
            if (changeId < resumableFrom) {
                return Optional.empty();
            }
            long position = tail;
            while (position > oldest && !seenBy(changeId, at(position - 1))) {
                position--;
            }
            return Optional.of(position);
        } finally {
            lock.unlock();
        }
    }

    private static boolean seenBy(long changeId, Frame frame) {
        return frame.id() != null && frame.id() <= changeId;
    }

    /**
     * The frames from a position on, after at most this wait; empty when none came. It is for streams: it blocks.
     *
     * @throws LaggingException that position is gone
     */
    List<Frame> read(long from, int atMost, Duration wait) throws LaggingException, InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = wait.toNanos();
            while (from >= tail && left > 0) {
                left = appended.awaitNanos(left);
            }
            if (from < oldest) {
                throw new LaggingException();
            }
            List<Frame> frames = new ArrayList<>();
            for (long position = from; position < tail && frames.size() < atMost; position++) {
                frames.add(at(position));
            }
            return frames;
        } finally {
            lock.unlock();
        }
    }

    private void dropOldest() {
        Frame gone = at(oldest);
        if (gone.id() != null && resumableFrom != Long.MAX_VALUE) {
            resumableFrom = Math.max(resumableFrom, gone.id());
        }
        chars -= gone.data().length();
        slots[(int) (oldest % slots.length)] = null;
        oldest++;
    }

    private Frame at(long position) {
        return slots[(int) (position % slots.length)];
    }

    /** A stream read more slowly than the ring turns. */
    static final class LaggingException extends Exception {
        LaggingException() {
            super("read too slowly", null, false, false);
        }
    }
}
