package identicom.runtime.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** A body that may not be longer than a limit. */
final class LimitedInput extends FilterInputStream {
    private static final int PASSED_OVER = 4_194_304;

    private final long maxBytes;
    private long readBytes;

    LimitedInput(InputStream in, long maxBytes) {
        super(in);
        this.maxBytes = maxBytes;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        if (value >= 0) {
            count(1);
        }
        return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        if (count > 0) {
            count(count);
        }
        return count;
    }

    @Override
    public long skip(long n) throws IOException {
        return skipByReading(n);
    }

    private long skipByReading(long n) throws IOException {
        long skipped = 0;
        while (skipped < n && read() >= 0) {
            skipped++;
        }
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void count(int bytes) {
        readBytes += bytes;
        if (readBytes > maxBytes) {
            passOver(in);
            throw Problem.tooLarge(maxBytes);
        }
    }

    /**
     * Reads on without keeping anything, at most {@value #PASSED_OVER} bytes: a connection that is closed with bytes unread is reset, and
     * the reset can reach the asker before the answer that says why.
     */
    static void passOver(InputStream in) {
        byte[] dropped = new byte[8_192];
        try {
            for (int passed = 0; passed < PASSED_OVER; ) {
                int count = in.read(dropped);
                if (count < 0) {
                    return;
                }
                passed += count;
            }
        } catch (IOException | UncheckedIOException e) {
            // The asker has gone, or sends no more: the answer goes out all the same.
        }
    }
}
