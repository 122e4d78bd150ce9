package identicom.schema;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes today's shape of every record for {@link StoredRecordsTest}: each field set, one record for each branch of a oneof. Run it with
 * the name of a new folder after a message has gained a field; it refuses to touch one that is there.
 */
final class RecordShapes {
    static final Path FOLDER = Path.of("src", "test", "resources", "records");

    private RecordShapes() {}

    public static void main(String... arguments) throws IOException {
        Path shape = FOLDER.resolve(arguments[0]);
        if (Files.exists(shape)) {
            throw new FileAlreadyExistsException(shape + ": a stored shape never changes; choose a new name");
        }
        Files.createDirectories(shape);
        for (Message prototype : StoredRecordsTest.PROTOTYPES.values()) {
            writeEachBranch(shape, prototype);
        }
    }

    static Path textOf(Path binary) {
        return binary.resolveSibling(binary.getFileName().toString().replace(".bin", ".txt"));
    }

    private static void writeEachBranch(Path shape, Message prototype) throws IOException {
        String name = prototype.getDescriptorForType().getName();
        List<OneofDescriptor> choices = prototype.getDescriptorForType().getRealOneofs();
        if (choices.isEmpty()) {
            write(shape.resolve(name + ".bin"), filled(prototype, null));
            return;
        }
        for (FieldDescriptor branch : choices.getFirst().getFields()) {
            write(shape.resolve(name + "-" + branch.getName() + ".bin"), filled(prototype, branch));
        }
    }

    private static void write(Path file, Message message) throws IOException {
        Files.write(file, message.toByteArray());
        Files.writeString(textOf(file), TextFormat.printer().printToString(message));
    }

    private static Message filled(Message prototype, @Nullable FieldDescriptor branch) {
        Message.Builder builder = prototype.newBuilderForType();
        for (FieldDescriptor field : prototype.getDescriptorForType().getFields()) {
            boolean otherBranch = field.getRealContainingOneof() != null && branch != null && !field.equals(branch);
            if (field.isRepeated()) {
                repeated(builder, field).forEach(value -> builder.addRepeatedField(field, value));
            } else if (!otherBranch) {
                builder.setField(field, value(builder, field));
            }
        }
        return builder.build();
    }

    private static List<Object> repeated(Message.Builder builder, FieldDescriptor field) {
        List<Object> values = new ArrayList<>();
        if (field.isMapField()) {
            values.add(filled(builder.newBuilderForField(field).getDefaultInstanceForType(), null));
        } else {
            values.add(value(builder, field));
            values.add(value(builder, field));
        }
        return values;
    }

    /** Something that a default never is, and that needs the type's whole width. */
    private static Object value(Message.Builder builder, FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case INT -> -1_000_000 - field.getNumber();
            case LONG -> 1_795_000_000_000_000L + field.getNumber();
            case BOOLEAN -> true;
            case STRING -> field.getName() + " \u00e9";
            case BYTE_STRING -> ByteString.copyFrom(new byte[] {0, 1, 0x1d, 0x1e, -1, (byte) field.getNumber()});
            case ENUM -> field.getEnumType().getValues().getLast();
            case MESSAGE -> filled(builder.newBuilderForField(field).getDefaultInstanceForType(), null);
            case FLOAT, DOUBLE -> throw new IllegalStateException("no record has a fraction: " + field);
        };
    }
}
