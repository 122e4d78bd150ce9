package identicom.alertservice.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.SQLTransientException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TransactionsTest extends StoreFixture {

    private final AtomicInteger attempts = new AtomicInteger();

    @Test
    void collisionIsTriedAgain() throws SQLException {
        String result = transactions.run(tx -> {
            if (attempts.incrementAndGet() < 3) {
                throw new SQLException("collision", "40001");
            }
            return "done";
        });

        assertThat(result).isEqualTo("done");
    }

    @Test
    void collisionWithoutEndIsSomethingToTryLater() {
        assertThatThrownBy(() -> transactions.run(tx -> {
                    throw new SQLException("collision", "23505");
                }))
                .isInstanceOf(SQLTransientException.class);
    }

    @Test
    void connectionThatCannotBeHadIsToldAsItIs() {
        assertThatThrownBy(() -> transactions.run(tx -> {
                    attempts.incrementAndGet();
                    throw new SQLTransientConnectionException("no connection in time");
                }))
                .isInstanceOf(SQLTransientConnectionException.class);
        assertThat(attempts).hasValue(1);
    }
}
