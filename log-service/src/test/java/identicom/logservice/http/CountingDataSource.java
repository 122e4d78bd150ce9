package identicom.logservice.http;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** Counts how often a connection was asked for. */
final class CountingDataSource implements DataSource {
    private final DataSource counted;
    private final AtomicInteger connections = new AtomicInteger();

    CountingDataSource(DataSource counted) {
        this.counted = counted;
    }

    int connections() {
        return connections.get();
    }

    @Override
    public Connection getConnection() throws SQLException {
        connections.incrementAndGet();
        return counted.getConnection();
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        connections.incrementAndGet();
        return counted.getConnection(user, password);
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return counted.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        counted.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        counted.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return counted.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getGlobal();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return counted.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return counted.isWrapperFor(type);
    }
}
