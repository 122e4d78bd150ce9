package identicom.simulator.journal;

import identicom.simulator.unit.CarriedOut;
import identicom.simulator.unit.Entry;
import identicom.simulator.unit.Journal;
import identicom.simulator.unit.JournalKeeper;
import identicom.simulator.unit.TakenPicture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The journals of many units in one file that only grows. {@link #settle} flushes what was told up to then to the disk, once for all units
 * that wait; so whatever a unit has said to a station stands in the file, whenever this process ends.
 *
 * <p>Thread safe. Where the file cannot be written whoever tells gets an {@link UncheckedIOException}.
 */
public final class JournalFile implements JournalKeeper, AutoCloseable {
    private static final int MOST_GATHERED = 1 << 16;

    private final Path path;
    private final FileChannel file;
    private final ReentrantLock flushing = new ReentrantLock();
    private final Object gathering = new Object();
    /** Told, and not yet written; guarded by {@link #gathering}, as is the next. */
    private ByteBuffer gathered = ByteBuffer.allocate(MOST_GATHERED);
    /** Bytes, since the beginning. */
    private long told;

    private volatile long flushed;

    private JournalFile(Path path) throws IOException {
        this.path = path;
        this.file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /** @throws IOException there is such a file, or there can be none */
    public static JournalFile create(Path path) throws IOException {
        return new JournalFile(path);
    }

    /**
     * What stands in a file, by unit, in the order in which they first did something. A record that is not whole at the end is left out: its
     * process ended before it was flushed.
     *
     * @throws IOException it cannot be read, or has a damaged record
     */
    public static List<Journal> read(Path path) throws IOException {
        return JournalRecords.read(path);
    }

    /** What was told up to now, read back from the file. */
    public List<Journal> read() throws IOException {
        settle();
        return read(path);
    }

    @Override
    public void logged(String serial, Entry entry) {
        gather(JournalRecords.of(JournalRecords.LOGGED, serial, entry));
    }

    @Override
    public void deleted(String serial, Entry entry) {
        gather(JournalRecords.of(JournalRecords.DELETED, serial, entry));
    }

    @Override
    public void overwritten(String serial, Entry entry) {
        gather(JournalRecords.of(JournalRecords.OVERWRITTEN, serial, entry));
    }

    @Override
    public void took(String serial, TakenPicture picture) {
        gather(JournalRecords.of(serial, picture));
    }

    @Override
    public void pictureDeleted(String serial, TakenPicture picture) {
        gather(JournalRecords.of(serial, picture.number()));
    }

    @Override
    public void carriedOut(String serial, CarriedOut command) {
        gather(JournalRecords.of(serial, command));
    }

    @Override
    public void settle() {
        long upTo;
        synchronized (gathering) {
            upTo = told;
        }
        if (flushed >= upTo) {
            return;
        }
        flushing.lock();
        try {
            if (flushed < upTo) {
                long all;
                synchronized (gathering) {
                    all = told;
                    write();
                }
                file.force(false);
                flushed = all;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("journal " + path, e);
        } finally {
            flushing.unlock();
        }
    }

    private void gather(ByteBuffer record) {
        synchronized (gathering) {
            try {
                if (gathered.remaining() < record.remaining()) {
                    write();
                }
                if (gathered.remaining() < record.remaining()) {
                    gathered = ByteBuffer.allocate(record.remaining());
                }
                told += record.remaining();
                gathered.put(record);
            } catch (IOException e) {
                throw new UncheckedIOException("journal " + path, e);
            }
        }
    }

    /** Under {@link #gathering}'s monitor. */
    private void write() throws IOException {
        gathered.flip();
        while (gathered.hasRemaining()) {
            file.write(gathered);
        }
        gathered.clear();
    }

    @Override
    public void close() {
        settle();
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException("journal " + path, e);
        }
    }
}
