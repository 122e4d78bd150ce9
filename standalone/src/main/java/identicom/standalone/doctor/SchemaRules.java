package identicom.standalone.doctor;

import identicom.schema.DatabaseSchema;
import identicom.schema.Migrations;
import java.util.ArrayList;
import java.util.List;

/** How far a schema may be from what this program needs: it may be newer, as long as this program can bear that. */
final class SchemaRules {
    private SchemaRules() {}

    static List<Finding> of(String database, DatabaseSchema schema, Migrations.State state) {
        String subject = database + ", schema " + schema.schemaName();
        List<Finding> found = new ArrayList<>();
        if (!state.undone().isEmpty()) {
            found.add(Finding.wrong(
                    subject,
                    "migrations not done: " + String.join(", ", state.undone()),
                    "all of this program's",
                    "./identicom migrate"));
        }
        if (!state.failed().isEmpty()) {
            found.add(Finding.wrong(
                    subject,
                    "migrations failed: " + String.join(", ", state.failed()),
                    "all done",
                    "look at what the last ./identicom migrate said, mend it, and migrate again"));
        }
        if (!state.unbearable().isEmpty()) {
            found.add(Finding.wrong(
                    subject,
                    "migrations of a newer program, for which this one is too old: "
                            + String.join(", ", state.unbearable()),
                    "none that needs what this program does not know",
                    "run the program that did them, or go back to a copy of the database from before"));
        }
        if (!state.newer().isEmpty()) {
            found.add(Finding.warn(
                    subject,
                    "migrations of a newer program: " + String.join(", ", state.newer()),
                    "none that this program does not know, but while programs are replaced",
                    "run the program that did them when it is this one's turn; until then this one works as before"));
        }
        return found.isEmpty() ? List.of(Finding.ok(subject, "migrated")) : found;
    }
}
