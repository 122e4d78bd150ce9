package identicom.standalone.doctor;

import identicom.runtime.config.Configuration;
import org.postgresql.ds.PGSimpleDataSource;

/** How a service reaches its database, by the configuration's keys {@code database.<name>.…}. */
record DatabaseAccess(String name, String url, String user, String password) {
    private static final int CONNECT_LIMIT_S = 3;
    private static final int ANSWER_LIMIT_S = 5;

    static DatabaseAccess of(String name, Configuration configuration) {
        String prefix = "database." + name + ".";
        return new DatabaseAccess(
                name,
                configuration.text(prefix + "url"),
                configuration.text(prefix + "user"),
                configuration.text(prefix + "password"));
    }

    String key(String what) {
        return "database." + name + "." + what;
    }

    /** The address without parameters: there may be a password among them. */
    String address() {
        return url.replaceFirst("\\?.*", "");
    }

    /** The server alone, so that databases on one server can be told. */
    String server() {
        return address().replaceFirst("^jdbc:postgresql:(//)?", "").replaceFirst("/.*", "");
    }

    /**
     * Connections whose every wait is bounded.
     *
     * @throws IllegalArgumentException the URL is not one of PostgreSQL
     */
    PGSimpleDataSource dataSource() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setUser(user);
        source.setPassword(password);
        source.setConnectTimeout(CONNECT_LIMIT_S);
        source.setLoginTimeout(ANSWER_LIMIT_S);
        source.setSocketTimeout(ANSWER_LIMIT_S);
        source.setApplicationName("identicom-doctor");
        return source;
    }

    /** Nothing that could be printed by accident. */
    @Override
    public String toString() {
        return address() + " as " + user;
    }
}
