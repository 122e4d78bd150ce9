package identicom.runtime.token;

import identicom.schema.v1.KeyRecord;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The last known keys and revocations on disk: KeyRecords one after the other, replaced as a whole. Confined to one thread at a time. */
final class KeyFile {
    private static final Logger LOG = LoggerFactory.getLogger(KeyFile.class);

    private final Path file;

    KeyFile(Path file) {
        this.file = file;
    }

    /** What the file has, by the names of the records in the topic. A file that is not there or damaged has nothing. */
    Map<String, KeyRecord> read() {
        Map<String, KeyRecord> records = new HashMap<>();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            for (KeyRecord record = KeyRecord.parseDelimitedFrom(in);
                    record != null;
                    record = KeyRecord.parseDelimitedFrom(in)) {
                records.put(name(record), record);
            }
            return records;
        } catch (NoSuchFileException e) {
            return Map.of();
        } catch (IOException e) {
            LOG.warn("{} cannot be read; the keys are read from Kafka", file, e);
            return Map.of();
        }
    }

    private static String name(KeyRecord record) {
        if (record.hasSigningKey()) {
            return record.getSigningKey().getKid();
        }
        return record.getRevocation().hasUser()
                ? TokenClaims.REVOKED_USER_KEY + record.getRevocation().getUser()
                : TokenClaims.REVOKED_TOKEN_KEY + record.getRevocation().getTokenId();
    }

    /** Replaces the file: whoever reads it sees all of the old or all of the new, after a crash as well. */
    void write(Iterable<KeyRecord> records) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        Path next = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel));
            for (KeyRecord record : records) {
                record.writeDelimitedTo(out);
            }
            out.flush();
            channel.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
