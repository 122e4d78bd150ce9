package identicom.systemtests.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where the parts of a world have their files. @param folder of all of them */
record Places(Path folder) {
    /** What a part writes that must last; of media-service the pictures. */
    Path data(Part part) {
        return switch (part.kind()) {
            case DATABASE -> folder.resolve("postgres");
            case BROKER ->
                folder.resolve(part == Part.PRIORITY ? "kafka-priority" : "kafka-main")
                        .resolve("broker-" + (part.broker() + 1));
            case SERVICE -> folder.resolve("pictures");
            case STATION -> folder.resolve(part.title());
        };
    }

    /** What the units of one schedule did. */
    Path journal(Schedule schedule) {
        return folder.resolve("units-" + schedule.seed() + ".journal");
    }

    /** The log files of a broker or of the database. */
    List<Path> logs(Part part) throws IOException {
        Path of = part == Part.POSTGRES ? data(part).resolve("data").resolve("log") : data(part);
        try (Stream<Path> files = Files.list(of)) {
            return files.filter(file -> file.toString().endsWith(".log")).toList();
        }
    }
}
