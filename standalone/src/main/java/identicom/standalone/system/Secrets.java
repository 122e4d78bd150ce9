package identicom.standalone.system;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Properties;

/** Passwords that the embedded parts have among themselves, made up at the first start and kept in a file that only its owner reads. */
final class Secrets {
    private static final int BYTES = 18;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path file;
    private final Properties values = new Properties();

    private Secrets(Path file) {
        this.file = file;
    }

    static Secrets in(DataFolder folder) throws IOException {
        Secrets secrets = new Secrets(folder.path().resolve("secrets.properties"));
        if (Files.exists(secrets.file)) {
            try (Reader reader = Files.newBufferedReader(secrets.file)) {
                secrets.values.load(reader);
            }
        }
        return secrets;
    }

    /** The secret of that name; made up and stored when there is none yet. */
    synchronized String of(String name) throws IOException {
        String present = values.getProperty(name);
        if (present != null) {
            return present;
        }
        String made = random();
        values.setProperty(name, made);
        store();
        return made;
    }

    /** A new password of 24 characters that can be typed. */
    static String random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().encodeToString(bytes);
    }

    private void store() throws IOException {
        StringWriter text = new StringWriter();
        values.store(text, null);
        DurableFile.write(
                file,
                text.toString(),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
}
