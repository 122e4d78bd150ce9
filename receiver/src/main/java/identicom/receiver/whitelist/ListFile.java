package identicom.receiver.whitelist;

import identicom.wire.message.Identification;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
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

/**
 * The last known list on disk, so that a station serves known units though nobody can be asked.
 *
 * <pre>
 * identicom-whitelist 1 &lt;microseconds since 1970 UTC&gt; &lt;units&gt;
 * &lt;serial&gt; &lt;version&gt; &lt;1 commissioned, 0 not&gt;
 * …
 * </pre>
 *
 * <p>Written beside and moved into place: what stands there is always a whole list.
 */
final class ListFile {
    private static final Logger LOG = LoggerFactory.getLogger(ListFile.class);
    private static final String HEAD = "identicom-whitelist 1";

    private final Path file;

    ListFile(Path file) {
        this.file = file;
    }

    /** The list as it was saved last; none where there is no readable one. */
    KnownList read() {
        try (BufferedReader in = Files.newBufferedReader(file)) {
            String head = in.readLine();
            if (head == null || !head.matches(HEAD + " \\d{1,18} \\d{1,9}")) {
                throw new IOException("not a list");
            }
            String[] words = head.split(" ");
            int count = Integer.parseInt(words[3]);
            Map<String, Known> units = new HashMap<>();
            for (int i = 0; i < count; i++) {
                readUnit(in.readLine(), units);
            }
            return new KnownList(Long.parseLong(words[2]), units);
        } catch (NoSuchFileException e) {
            return KnownList.NONE;
        } catch (IOException | NumberFormatException e) {
            LOG.warn("The last known list in {} cannot be read and is left out: {}", file, e.getMessage());
            return KnownList.NONE;
        }
    }

    private static void readUnit(String line, Map<String, Known> units) throws IOException {
        String[] words = line == null ? new String[0] : line.split(" ");
        if (words.length != 3 || !Identification.isSerial(words[0])) {
            throw new IOException("line " + (units.size() + 2) + " is no unit");
        }
        units.put(words[0], new Known(Long.parseLong(words[1]), "1".equals(words[2])));
    }

    void write(KnownList list) throws IOException {
        Path beside = file.resolveSibling(file.getFileName() + ".new");
        try (BufferedWriter out = Files.newBufferedWriter(beside)) {
            out.write(HEAD + " " + list.atUs() + " " + list.units().size() + "\n");
            for (Map.Entry<String, Known> unit : list.units().entrySet()) {
                out.write(unit.getKey() + " " + unit.getValue().version() + " "
                        + (unit.getValue().commissioned() ? "1" : "0") + "\n");
            }
        }
        try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
