package identicom.schema.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WearerTest {
    private static final String PSEUDONYM = "forgotten-12345678";

    @ParameterizedTest
    @CsvSource({
        "Al, '', forgotten-12345678, wearer: too short",
        "Jane Doe, 4711, forgotten-12345678, phone: too short",
        "Jane Doe, '', forgotten-1234567, pseudonym: forgotten-1234567 (expected",
        "Jane Doe, '', Jane, pseudonym: Jane (expected",
        "got, '', forgotten-12345678, pseudonym: has the name or the phone in it",
        "Jane Doe, 123456, forgotten-12345678, pseudonym: has the name or the phone in it"
    })
    void whatCannotBeReplacedEverywhereIsNamed(String name, String phone, String pseudonym, String problem) {
        assertThat(Wearer.problems(name, phone, pseudonym))
                .singleElement()
                .asString()
                .startsWith(problem);
    }

    @Test
    void aTextTellsOfAWearerByNameOrPhoneHoweverItIsWritten() {
        Wearer jane = new Wearer("Jane Doe", "+44 (1632) 960-001", PSEUDONYM);
        assertThat(jane.isToldBy("for Jane Doe")).isTrue();
        assertThat(jane.isToldBy("call +441632960001")).isTrue();
        assertThat(jane.isToldBy("call +44 (1632) 960-001")).isTrue();
        assertThat(jane.isToldBy("request 2026-17")).isFalse();
        assertThat(jane).hasToString(PSEUDONYM);
        assertThat(new Wearer("Jane Doe", "", PSEUDONYM).isToldBy("request 2026-17"))
                .isFalse();
    }
}
