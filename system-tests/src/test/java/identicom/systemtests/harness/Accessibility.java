package identicom.systemtests.harness;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** What axe-core finds in a page as it is now. */
public final class Accessibility {
    private static final String LIBRARY = "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";
    // The style sheets are the page's own and need not be fetched again.
    private static final String RUN = """
            () => axe.run(document, { preload: false }).then(found => found.violations.map(v => ({
                impact: v.impact, rule: v.id, where: v.nodes.map(node => node.target.join(' ')).join(', ') })))
            """;
    private static final List<Object> GRAVE = List.of("serious", "critical");

    private Accessibility() {}

    /** The serious and critical findings, in words; empty: none. */
    @SuppressWarnings("unchecked")
    public static List<String> findings(BrowserWindow window) {
        window.page().evaluate(library());
        List<Map<String, Object>> found =
                (List<Map<String, Object>>) window.page().evaluate(RUN);
        return found.stream()
                .filter(finding -> GRAVE.contains(finding.get("impact")))
                .map(Map::toString)
                .toList();
    }

    private static String library() {
        try (InputStream in = Accessibility.class.getResourceAsStream(LIBRARY)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("axe-core cannot be read", e);
        }
    }
}
