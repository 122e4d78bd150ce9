package identicom.fleetservice.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import identicom.fleetservice.TestFleet;
import identicom.runtime.token.TokenClaims;
import identicom.schema.v1.KeyRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Two instances at once. What the one that starts says is never committed. */
class RevocationsTest {
    private static final String USER = "revoked-twice";

    @Test
    void anInstanceThatStartsPutsNoOlderRevocationBehindANewerOne() throws Exception {
        TestFleet.shared();
        Instant first = Instant.now().truncatedTo(ChronoUnit.MICROS);
        Instant second = first.plusSeconds(1);
        try (Connection changing = TestFleet.database();
                Connection starting = TestFleet.database();
                ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor()) {
            Revocations.user(changing, USER, first);
            changing.setAutoCommit(false);
            starting.setAutoCommit(false);
            int pid = number(starting, "select pg_backend_pid()");

            Revocations.user(changing, USER, second);
            Future<?> told = thread.submit(() -> {
                Revocations.publishAll(starting);
                return true;
            });
            await().until(() -> told.isDone()
                    || number(changing, "select count(*) from pg_locks where not granted and pid = " + pid) > 0);
            changing.commit();
            told.get(60, TimeUnit.SECONDS);

            assertThat(toldLast(starting)).isEqualTo(second);
            starting.rollback();
        }
    }

    private static int number(Connection connection, String sql) throws Exception {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getInt(1);
        }
    }

    /** Until when the user's tokens are revoked, as the last record of the outbox says it. */
    private static Instant toldLast(Connection connection) throws Exception {
        try (PreparedStatement query = connection.prepareStatement("select value from fleet.outbox"
                + " where topic = 'identicom.keys' and convert_from(key, 'UTF8') = ? order by id desc limit 1")) {
            query.setString(1, TokenClaims.REVOKED_USER_KEY + USER);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                long micros =
                        KeyRecord.parseFrom(row.getBytes(1)).getRevocation().getIssuedUntilUs();
                return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
            }
        }
    }
}
