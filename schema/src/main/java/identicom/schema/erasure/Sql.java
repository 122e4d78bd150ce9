package identicom.schema.erasure;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * How statements speak of a {@link Wearer}: as {@code w}, a row of parameters that every statement begins with. All comparing and
 * replacing is literal: no character of a name is a pattern.
 */
final class Sql {
    /** What is not known is null: a comparison with it is never true. */
    static final String W = """
            with w as (select ?::text as name, ?::text as pseudonym, nullif(?::text, '') as phone,
                              nullif(?::text, '') as usual, nullif(?::text, '') as cut)
            """;

    private Sql() {}

    static void bind(PreparedStatement statement, Wearer wearer) throws SQLException {
        statement.setString(1, wearer.name());
        statement.setString(2, wearer.pseudonym());
        statement.setString(3, wearer.phone());
        statement.setString(4, wearer.usualPhone());
        statement.setString(5, wearer.cutName());
    }

    /** Whether a text has name or phone in it. */
    static String tells(String text) {
        return "(strpos(%1$s, w.name) > 0 or strpos(%1$s, w.cut) > 0 or strpos(%1$s, w.phone) > 0 or strpos(%1$s, w.usual) > 0)"
                .formatted(text);
    }

    /** The same of a text that is JSON, in which a name stands as JSON writes it. */
    static String jsonTells(String json) {
        return """
                (strpos(%1$s, substr(to_json(w.name)::text, 2, length(to_json(w.name)::text) - 2)) > 0
                 or strpos(%1$s, w.phone) > 0 or strpos(%1$s, w.usual) > 0)""".formatted(json);
    }

    /** A text with the pseudonym in place of name and phone. An empty text is nowhere replaced. */
    static String without(String text) {
        String replaced = text;
        for (String needle : new String[] {"w.name", "w.cut", "w.phone", "w.usual"}) {
            replaced = "replace(" + replaced + ", coalesce(" + needle + ", ''), w.pseudonym)";
        }
        return replaced;
    }
}
