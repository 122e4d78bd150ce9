package identicom.receiver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The station's name: as configured, or made up once and kept in the state directory. */
final class StationName {
    private static final String FILE = "station";

    private StationName() {}

    static String of(String configured, Path stateDirectory) {
        if (!configured.isEmpty()) {
            return configured;
        }
        Path file = stateDirectory.resolve(FILE);
        try {
            Files.createDirectories(stateDirectory);
            if (Files.exists(file)) {
                String kept = Files.readString(file).strip();
                if (!kept.isEmpty()) {
                    return kept;
                }
            }
            byte[] random = new byte[4];
            new SecureRandom().nextBytes(random);
            String made = "station-" + HexFormat.of().formatHex(random);
            Files.writeString(
                    file,
                    made + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.DSYNC);
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException("the station's name cannot be kept in " + file, e);
        }
    }
}
