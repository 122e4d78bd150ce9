package identicom.runtime.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;

/**
 * Refuses texts and names with half of a surrogate pair, which JSON can spell ({@code \\ud800}) and UTF-8 cannot: nothing could store
 * or answer them as they are.
 */
final class WholeTexts extends SimpleModule {
    private static final long serialVersionUID = 1L;

    WholeTexts() {
        addDeserializer(String.class, new Text());
        addKeyDeserializer(String.class, new Name());
    }

    private static boolean isWhole(String text) {
        return text.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    private static final class Text extends StringDeserializer {
        private static final long serialVersionUID = 1L;

        @Override
        public String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            String text = super.deserialize(parser, context);
            if (text != null && !isWhole(text)) {
                throw context.weirdStringException(text, String.class, "half of a surrogate pair");
            }
            return text;
        }
    }

    private static final class Name extends KeyDeserializer {
        @Override
        public Object deserializeKey(String key, DeserializationContext context) throws IOException {
            if (!isWhole(key)) {
                throw context.weirdKeyException(String.class, key, "half of a surrogate pair");
            }
            return key;
        }
    }
}
