package identicom.alertservice.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the map's background comes from, if from anywhere.
 *
 * @param template the address of a tile; empty: there is none
 * @param origin of those addresses
 */
record TileServer(String template, String origin) {
    private static final Pattern TEMPLATE = Pattern.compile("(https?://[A-Za-z0-9.-]+(?::\\d{1,5})?)/[^\\s;,'\"<>]*");

    /** @throws IllegalArgumentException it is no such template */
    static TileServer parse(String text) {
        if (text.isEmpty()) {
            return new TileServer("", "");
        }
        Matcher matcher = TEMPLATE.matcher(text);
        boolean whole = text.contains("{z}") && text.contains("{x}") && text.contains("{y}");
        if (!matcher.matches() || !whole) {
            throw new IllegalArgumentException("an http or https address with {z}, {x} and {y} in its path");
        }
        return new TileServer(text, matcher.group(1));
    }

    /** What the page's policy allows beside the page's own origin. */
    String source() {
        return origin.isEmpty() ? "" : " " + origin;
    }

    /** What the page is told. */
    String settings(String attribution) {
        try {
            return new ObjectMapper()
                    .writeValueAsString(
                            Map.of("tiles", template, "tilesAttribution", template.isEmpty() ? "" : attribution));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
