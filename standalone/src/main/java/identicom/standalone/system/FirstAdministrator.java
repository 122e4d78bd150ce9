package identicom.standalone.system;

import identicom.runtime.config.Configuration;
import identicom.schema.Migrations;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/**
 * The password that user {@code admin} gets at the first start: the configured one, or one that is made up and printed once.
 *
 * @param madeUp empty when the password was configured, or when there are users already
 */
record FirstAdministrator(String madeUp) {
    private static final String KEY = "admin.password";

    static FirstAdministrator of(Migrations.Admin database, Configuration configuration) throws IOException {
        boolean configured = !configuration.text(KEY).isEmpty();
        return new FirstAdministrator(configured || hasUsers(database) ? "" : Secrets.random());
    }

    private static boolean hasUsers(Migrations.Admin database) throws IOException {
        try (Connection connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select exists (select from fleet.users)")) {
            rows.next();
            return rows.getBoolean(1);
        } catch (SQLException e) {
            throw new IOException("the users could not be read: " + e.getMessage(), e);
        }
    }

    Map<String, String> settings() {
        return madeUp.isEmpty() ? Map.of() : Map.of(KEY, madeUp);
    }
}
