package identicom.runtime.http;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads a JSON body, and says in the asker's words what is wrong with it. */
final class JsonBody {
    private static final JsonMapper WHOLE_TEXTS =
            Json.mapper().rebuild().addModule(new WholeTexts()).build();

    private JsonBody() {}

    static <T> T read(byte[] body, Class<T> type) {
        if (body.length == 0) {
            throw Problem.badRequest("body", "empty", "a JSON object");
        }
        try {
            T value = WHOLE_TEXTS.readValue(body, type);
            if (value == null) {
                throw Problem.badRequest("body", "null", "a JSON object");
            }
            return value;
        } catch (UnrecognizedPropertyException e) {
            throw Problem.badRequest(field(e), "no such field", "only " + known(e.getKnownPropertyIds()));
        } catch (ValueInstantiationException e) {
            if (e.getCause() instanceof Problem problem) {
                throw problem;
            }
            String expected = e.getCause() instanceof IllegalArgumentException cause ? cause.getMessage() : null;
            throw Problem.badRequest(field(e), "not usable", expected == null ? "other values" : expected);
        } catch (InvalidFormatException e) {
            throw Problem.badRequest(field(e), String.valueOf(e.getValue()), expected(e.getTargetType()));
        } catch (MismatchedInputException e) {
            throw Problem.badRequest(field(e), "of another kind, or missing", expected(e.getTargetType()));
        } catch (IOException e) { // of the bytes, which are all here
            JsonLocation at = e instanceof JacksonException jackson ? jackson.getLocation() : null;
            String where = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
            throw Problem.badRequest("body", "not JSON" + where, "JSON in UTF-8, each field once");
        }
    }

    private static String field(JsonMappingException e) {
        String path = e.getPath().stream()
                .map(part -> part.getFieldName() == null ? Integer.toString(part.getIndex()) : part.getFieldName())
                .collect(Collectors.joining("."));
        return path.isEmpty() ? "body" : path;
    }

    private static String known(@Nullable Collection<Object> names) {
        return names == null
                ? "the documented fields"
                : names.stream().map(String::valueOf).sorted().collect(Collectors.joining(", "));
    }

    private static String expected(@Nullable Class<?> type) {
        if (type == null) {
            return "another kind of value";
        }
        if (type.isEnum()) {
            return "one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(constant -> Json.mapper().valueToTree(constant).toString())
                            .map(text -> text.replace("\"", ""))
                            .collect(Collectors.joining(", "));
        }
        if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
            return "a whole number";
        }
        if (type == Instant.class) {
            return "a time such as 2026-05-01T08:30:00Z";
        }
        if (type == String.class) {
            return "a text";
        }
        if (Collection.class.isAssignableFrom(type) || type.isArray()) {
            return "a list";
        }
        if (Map.class.isAssignableFrom(type) || type.isRecord()) {
            return "an object";
        }
        return "a " + type.getSimpleName().toLowerCase(Locale.ROOT);
    }
}
