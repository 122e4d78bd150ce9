package identicom.standalone.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * A folder that a service keeps something in: can it be written to, and is there room. Nothing is written. A folder that is not there
 * yet is made at the start, so the nearest one above it is looked at.
 *
 * @param key the configuration key that names the folder
 */
record FolderCheck(String what, String key, Path folder) implements Check {
    private static final long MEGABYTE = 1_000_000L;
    private static final long LITTLE = 5_000 * MEGABYTE;
    private static final long TOO_LITTLE = 500 * MEGABYTE;

    @Override
    public String subject() {
        return what + " " + folder;
    }

    @Override
    public List<Finding> find() throws IOException {
        Path there = folder.toAbsolutePath().normalize();
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        if (!Files.isDirectory(there)) {
            return List.of(unusable(there + " is a file"));
        }
        if (!Files.isWritable(there)) {
            return List.of(unusable(there + " may not be written to by " + System.getProperty("user.name")));
        }
        boolean present = there.equals(folder.toAbsolutePath().normalize());
        return List.of(
                Finding.ok(subject(), present ? "can be written to" : "is made at the start, in " + there),
                space(Files.getFileStore(there).getUsableSpace()));
    }

    private Finding unusable(String found) {
        return Finding.wrong(
                subject(),
                found,
                "a folder that this program may write to",
                "correct " + key + ", or the folder's owner and mode");
    }

    /** @param bytes that are left on its disk */
    Finding space(long bytes) {
        String subject = subject() + ", free space";
        String found = bytes < 1_000 * MEGABYTE
                ? bytes / MEGABYTE + " MB"
                : String.format(Locale.ROOT, "%.1f GB", bytes / (1_000.0 * MEGABYTE));
        String expected = "at least " + LITTLE / (1_000 * MEGABYTE) + " GB";
        String advice = "make room, or name a folder on a larger disk with " + key;
        if (bytes < TOO_LITTLE) {
            return Finding.wrong(subject, found, expected, advice);
        }
        return bytes < LITTLE ? Finding.warn(subject, found, expected, advice) : Finding.ok(subject, found);
    }
}
