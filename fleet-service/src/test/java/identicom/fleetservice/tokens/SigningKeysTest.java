package identicom.fleetservice.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import identicom.fleetservice.TestFleet;
import identicom.runtime.token.TokenClaims;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Rotation over the years, in a transaction that is never committed. */
class SigningKeysTest {
    private static final Duration ROTATION = Duration.ofDays(30);

    private final SigningKeys keys = new SigningKeys(ROTATION);
    private final Instant start = Instant.parse("2036-01-01T00:00:00Z");

    @Test
    void aNewKeySignsOnlyWhenItHasBeenPublishedForAWhileAndAnOldOneIsForgottenWithItsLastToken() throws SQLException {
        TestFleet.shared();
        try (Connection tx = TestFleet.database()) {
            tx.setAutoCommit(false);
            try (Statement statement = tx.createStatement()) {
                statement.execute("delete from fleet.signing_keys");
            }
            assertThat(keys.current(tx, start)).isEmpty();
            keys.rotate(tx, start);
            String first = keys.current(tx, start).orElseThrow().kid();

            keys.rotate(tx, start.plus(ROTATION));
            assertThat(count(tx)).as("not due yet").isEqualTo(1);
            Instant due = start.plus(ROTATION).plusSeconds(1);
            keys.rotate(tx, due);
            keys.rotate(tx, due.plusSeconds(1));
            assertThat(count(tx)).isEqualTo(2);
            assertThat(keys.current(tx, due).orElseThrow().kid()).isEqualTo(first);
            String second = keys.current(tx, due.plus(SigningKeys.PUBLISHED_FOR))
                    .orElseThrow()
                    .kid();
            assertThat(second).isNotEqualTo(first);

            Instant lastTokenOfFirst = due.plus(SigningKeys.PUBLISHED_FOR).plus(TokenClaims.LIFETIME);
            keys.rotate(tx, lastTokenOfFirst);
            assertThat(count(tx))
                    .as("tokens of the first key may still be around")
                    .isEqualTo(2);
            Instant end = start.plus(ROTATION.multipliedBy(2))
                    .plus(TokenClaims.LIFETIME)
                    .plusSeconds(1);
            keys.rotate(tx, end);
            assertThat(keys.current(tx, end).orElseThrow().kid()).isEqualTo(second);
            assertThat(tombstones(tx, first)).isEqualTo(1);
            tx.rollback();
        }
    }

    @Test
    void aKeyNeverShowsItsBytesInText() {
        SigningKey key = SigningKey.create(start, start);
        assertThat(key.toString()).isEqualTo("SigningKey[" + key.kid() + "]");
    }

    private static int count(Connection tx) throws SQLException {
        return number(tx, "select count(*) from fleet.signing_keys");
    }

    private static int tombstones(Connection tx, String kid) throws SQLException {
        return number(
                tx,
                "select count(*) from fleet.outbox where topic = 'identicom.keys' and value is null"
                        + " and convert_from(key, 'UTF8') = '" + kid + "'");
    }

    private static int number(Connection tx, String sql) throws SQLException {
        try (Statement statement = tx.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getInt(1);
        }
    }
}
