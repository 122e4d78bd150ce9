package identicom.standalone.doctor;

import java.sql.SQLException;
import java.util.List;

/** Why a database let nobody in, and what to do then. */
final class LogIn {
    private static final String WRONG_PASSWORD = "28P01";
    private static final String NOT_AUTHORISED = "28000";
    private static final String NO_PASSWORD = "08004";
    private static final String NO_DATABASE = "3D000";
    private static final String FULL = "53300";

    private LogIn() {}

    static List<Finding> refused(DatabaseAccess access, SQLException why) {
        String state = why.getSQLState() == null ? "" : why.getSQLState();
        String found = access + ": " + why.getMessage();
        Finding finding = switch (state) {
            case WRONG_PASSWORD, NOT_AUTHORISED, NO_PASSWORD ->
                wrong(
                        access,
                        found,
                        "a log-in that works",
                        "correct " + access.key("user") + " and " + access.key("password")
                                + ", or run ./identicom migrate, which gives the role that password");
            case NO_DATABASE ->
                wrong(
                        access,
                        found,
                        "a database of that name",
                        "create it and run ./identicom migrate, or correct " + access.key("url"));
            case FULL ->
                wrong(
                        access,
                        found,
                        "room for another connection",
                        "raise max_connections at the server, or end what else is connected");
            default ->
                wrong(
                        access,
                        found,
                        "a server that answers",
                        "start PostgreSQL there, open the way to it, or correct " + access.key("url"));
        };
        return List.of(finding, rest(access));
    }

    /** What is not known where nobody is let in. */
    static Finding rest(DatabaseAccess access) {
        return Finding.skipped(
                "database " + access.name() + ", server, role, clock, connections, migrations",
                "not looked at, because there is no log-in");
    }

    private static Finding wrong(DatabaseAccess access, String found, String expected, String advice) {
        return Finding.wrong("database " + access.name(), found, expected, advice);
    }
}
