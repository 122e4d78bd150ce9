package identicom.systemtests.powercut;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A program that several threads of write to one file, each a number of its own again and again, and say so on standard output after they
 * have forced it; one more appends to the file and never forces. Until it is killed.
 */
final class Acknowledging {
    static final int WRITERS = 4;
    private static final int BLOCK = 64;

    private Acknowledging() {}

    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[0]);
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)
                .close();
        for (int writer = 0; writer < WRITERS; writer++) {
            int number = writer;
            Thread.ofPlatform().start(() -> count(file, number));
        }
        Thread.ofPlatform().start(() -> append(file));
    }

    private static void count(Path file, int number) {
        // its descriptor is for writing only, and its own
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            PrintStream out = System.out;
            for (long value = 1; ; value++) {
                channel.write(ByteBuffer.allocate(Long.BYTES).putLong(0, value), (long) number * BLOCK);
                channel.force(false);
                out.println(number + " " + value);
            }
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static void append(Path file) {
        Path beside = file.resolveSibling("never-forced");
        try (FileChannel shared = FileChannel.open(file, StandardOpenOption.WRITE);
                FileChannel own = FileChannel.open(beside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (long end = (long) WRITERS * BLOCK; ; end += Long.BYTES) {
                shared.write(ByteBuffer.allocate(Long.BYTES), end);
                own.write(ByteBuffer.allocate(Long.BYTES).putLong(0, end));
            }
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** What a writer's number is in the file's content. */
    static long value(byte[] content, int writer) {
        return ByteBuffer.wrap(content).getLong(writer * BLOCK);
    }
}
