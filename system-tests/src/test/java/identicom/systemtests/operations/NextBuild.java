package identicom.systemtests.operations;

import identicom.systemtests.backing.Backing;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.Map.Entry;
import java.util.TreeMap;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;

/**
 * A build that has one migration more in each schema than the present one: a jar beside its jars. Each adds a column to the table that
 * the schema is about, as a migration of a release may.
 */
final class NextBuild {
    private static final Map<String, String> TABLES = new TreeMap<>(Map.of(
            "fleet", "units",
            "alerts", "alert",
            "event_log", "event",
            "media", "picture"));

    private NextBuild() {}

    /** Of what the database was migrated with. */
    static Path of(Backing backing) throws IOException, SQLException {
        Path jar = backing.folder().resolve("next-build.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out)) {
            for (Entry<String, String> one : TABLES.entrySet()) {
                String schema = one.getKey();
                long version = version(backing, schema) + 1;
                String folder = "db/" + schema + "/";
                entries.putNextEntry(new ZipEntry(folder));
                entries.closeEntry();
                entries.putNextEntry(new ZipEntry(folder + "V" + version + "__next_build.sql"));
                entries.write("alter table %s.%s add column next_build text;%n"
                        .formatted(schema, one.getValue())
                        .getBytes(StandardCharsets.UTF_8));
                entries.closeEntry();
            }
        }
        return jar;
    }

    /** How many schemas it changes. */
    static int schemas() {
        return TABLES.size();
    }

    /** The newest migration of a schema. */
    private static long version(Backing backing, String schema) throws SQLException {
        return backing.number("select max(version::int) from " + schema + ".schema_history");
    }
}
