package identicom.logservice.http;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

/** The HTTP interface as a process of its own, so that a test can give it little memory. Prints its port. */
final class SmallServer {
    private SmallServer() {}

    public static void main(String... arguments) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(arguments[0]);
        config.setUsername(arguments[1]);
        config.setPassword(arguments[2]);
        config.setMaximumPoolSize(2);
        LogHttp http = new LogHttp(new HikariDataSource(config));
        System.out.println(http.port());
    }
}
