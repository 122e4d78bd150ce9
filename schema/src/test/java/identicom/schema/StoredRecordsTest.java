package identicom.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import identicom.schema.v1.AuditEntry;
import identicom.schema.v1.Command;
import identicom.schema.v1.CommandResult;
import identicom.schema.v1.Event;
import identicom.schema.v1.KeyRecord;
import identicom.schema.v1.PictureBlock;
import identicom.schema.v1.PictureProgress;
import identicom.schema.v1.Quarantined;
import identicom.schema.v1.SessionRecord;
import identicom.schema.v1.UnitRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Records of every earlier shape still say what they said. A shape is a folder below {@code records}: for each record the bytes as they
 * were written then, and what they say as text. A folder never changes; {@link RecordShapes} adds one when a message gains a field.
 */
class StoredRecordsTest {
    static final Map<String, Message> PROTOTYPES = Stream.of(
                    Event.getDefaultInstance(),
                    SessionRecord.getDefaultInstance(),
                    UnitRecord.getDefaultInstance(),
                    PictureBlock.getDefaultInstance(),
                    PictureProgress.getDefaultInstance(),
                    Command.getDefaultInstance(),
                    CommandResult.getDefaultInstance(),
                    Quarantined.getDefaultInstance(),
                    KeyRecord.getDefaultInstance(),
                    AuditEntry.getDefaultInstance())
            .collect(Collectors.toUnmodifiableMap(m -> m.getDescriptorForType().getName(), Function.identity()));

    static List<Path> storedRecords() throws IOException {
        try (Stream<Path> files = Files.walk(RecordShapes.FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".bin"))
                    .sorted()
                    .toList();
        }
    }

    /** {@code SessionRecord-closed.bin} is a SessionRecord. */
    private static Message prototype(Path file) {
        String name = file.getFileName().toString().split("[-.]", 2)[0];
        return PROTOTYPES.get(name);
    }

    @ParameterizedTest
    @MethodSource("storedRecords")
    void aStoredRecordStillSaysWhatItSaid(Path file) throws IOException {
        Message prototype = prototype(file);
        Message decoded = prototype.getParserForType().parseFrom(Files.readAllBytes(file));
        Message.Builder said = prototype.newBuilderForType();
        TextFormat.merge(Files.readString(RecordShapes.textOf(file)), said);
        assertThat(decoded).isEqualTo(said.build());
        assertThat(decoded.getUnknownFields().asMap()).isEmpty();
    }

    @Test
    void everyKindOfRecordIsAmongThem() throws IOException {
        assertThat(storedRecords().stream()
                        .map(file -> file.getFileName().toString().split("[-.]", 2)[0]))
                .containsAll(PROTOTYPES.keySet());
    }
}
