package identicom.wire.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventCatalogueTest {
    @ParameterizedTest
    @CsvSource({
        "20, status check, ROUTINE",
        "21, position report, ROUTINE",
        "22, switched on, ROUTINE",
        "23, switched off, ROUTINE",
        "24, amber alert started, HIGH",
        "25, amber alert ended, ROUTINE",
        "26, amber alert expired, CRITICAL",
        "30, charger connected, ROUTINE",
        "31, charger disconnected, ROUTINE",
        "32, battery low, HIGH",
        "3a, red alert, CRITICAL",
        "3b, man down, CRITICAL",
        "3c, man down cleared by wearer, HIGH",
        "48, lanyard pin removed, CRITICAL",
        "49, lanyard pin replaced, ROUTINE",
        "50, picture taken, ROUTINE",
        "60, event log overflowed, HIGH",
        "00, unknown, HIGH",
        "ff, unknown, HIGH"
    })
    void namesAndClassesAreTheProtocols(String code, String name, EventClass eventClass) {
        int number = Integer.parseInt(code, 16);
        assertThat(EventCatalogue.standard().type(number)).isEqualTo(new EventType(number, name, eventClass));
        assertThat(EventCatalogue.standard().type(number).codeHex()).isEqualTo(code);
    }

    @Test
    void everyCodeHasALine() {
        for (int code = 0; code < 256; code++) {
            assertThat(EventCatalogue.standard().type(code).code()).isEqualTo(code);
        }
    }

    @Test
    void anyCodeCanBePutIntoAnotherClassAndKeepsItsName() {
        EventCatalogue catalogue =
                EventCatalogue.configured(Map.of("20", "high", "3C", "Critical", "3a", "routine", "7f", "routine"));

        assertThat(catalogue.type(0x20)).isEqualTo(new EventType(0x20, "status check", EventClass.HIGH));
        assertThat(catalogue.type(0x3c).eventClass()).isEqualTo(EventClass.CRITICAL);
        assertThat(catalogue.type(0x3a).eventClass()).isEqualTo(EventClass.ROUTINE);
        assertThat(catalogue.type(0x7f)).isEqualTo(new EventType(0x7f, "unknown", EventClass.ROUTINE));
        assertThat(EventCatalogue.standard().type(0x20).eventClass()).isEqualTo(EventClass.ROUTINE);
    }

    @ParameterizedTest
    @CsvSource({"3b, high", "3B, routine", "48, high", "48, routine"})
    void manDownAndLanyardPinAreNeverBelowCritical(String code, String eventClass) {
        assertThatThrownBy(() -> EventCatalogue.configured(Map.of(code, eventClass)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("class of event " + code)
                .hasMessageContaining(eventClass + " (expected: never below critical)");
    }

    @Test
    void manDownMayBeSaidToBeCritical() {
        assertThat(EventCatalogue.configured(Map.of("3b", "critical"))
                        .type(0x3b)
                        .eventClass())
                .isEqualTo(EventClass.CRITICAL);
    }

    @Test
    void everyProblemIsNamedAtOnce() {
        Map<String, String> wrong = Map.of("3", "high", "0x20", "high", "21", "grave", "48", "high", "4a", "low");

        assertThatThrownBy(() -> EventCatalogue.configured(wrong))
                .hasMessageContaining("event code: 3 (expected: 00..ff")
                .hasMessageContaining("event code: 0x20 (expected: 00..ff")
                .hasMessageContaining("class of event 21: grave (expected: routine, high or critical)")
                .hasMessageContaining("class of event 48 (lanyard pin removed): high")
                .hasMessageContaining("class of event 4a: low");
    }

    @Test
    void aCodeWrittenTwiceIsRefused() {
        assertThatThrownBy(() -> EventCatalogue.configured(Map.of("3c", "high", "3C", "critical")))
                .hasMessageContaining("expected: once");
    }
}
