package identicom.logservice.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import identicom.logservice.events.EventFilter;
import identicom.runtime.http.Problem;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {
    @Test
    void comesBackFromItsText() {
        Cursor cursor = new Cursor(7, Instant.parse("2026-05-01T08:30:00.000001Z"));

        assertThat(Cursor.parse(cursor.text(EventFilter.ALL), EventFilter.ALL)).isEqualTo(cursor);
    }

    /** Whoever makes one up could otherwise ask the database about times that it does not have. */
    @ParameterizedTest
    @ValueSource(strings = {"1969-12-31T23:59:59Z", "-200000-01-01T00:00:00Z", "+200000-01-01T00:00:00Z"})
    void oneOfATimeInWhichNoListBeganIsRefused(String began) {
        String text = new Cursor(7, Instant.parse(began)).text(EventFilter.ALL);

        assertThatThrownBy(() -> Cursor.parse(text, EventFilter.ALL))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(400));
    }
}
