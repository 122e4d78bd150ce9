package identicom.alertservice.supervision.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import identicom.alertservice.supervision.rule.Group.Scope;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MassLossTest {

    private static final long SECOND = 1_000_000;
    private static final Group SITE = new Group(Scope.SITE, "Leeds");
    private static final Group NETWORK = new Group(Scope.NETWORK, "north");

    private final Unit unit = new Unit(
            "A1",
            new Plan("Leeds", 1800, 300, true, 1),
            "north",
            new Watch(SECOND, 2101 * SECOND, null, false, null),
            Power.UNKNOWN,
            Journal.EMPTY,
            Distress.NONE,
            Journal.Place.NONE);

    static Stream<Arguments> table() {
        return Stream.of(
                // missing and met of the site, the network, the fleet; which is open; who names it
                Arguments.of(10L, 40L, 10L, 90L, 10L, 900L, null, SITE),
                Arguments.of(9L, 0L, 9L, 90L, 9L, 900L, null, null), // fewer than ten
                Arguments.of(10L, 41L, 10L, 90L, 10L, 900L, null, null), // less than 20 %
                Arguments.of(10L, 0L, 20L, 80L, 20L, 900L, null, NETWORK), // the larger wins
                Arguments.of(10L, 0L, 20L, 0L, 250L, 1000L, null, Group.FLEET),
                Arguments.of(1L, 4L, 1L, 90L, 1L, 900L, SITE, SITE), // joins what is open
                Arguments.of(1L, 5L, 1L, 90L, 1L, 900L, SITE, null)); // though most there are heard by now: by itself
    }

    @ParameterizedTest
    @MethodSource("table")
    void whoNamesAMissingUnit(
            long site,
            long siteMet,
            long network,
            long networkMet,
            long fleet,
            long fleetMet,
            @Nullable Group open,
            @Nullable Group expected) {
        MassLoss.Window window = new MassLoss.Window(
                Map.of(SITE, site, NETWORK, network, Group.FLEET, fleet),
                Map.of(SITE, siteMet, NETWORK, networkMet, Group.FLEET, fleetMet));
        assertThat(MassLoss.naming(unit, window, open == null ? Map.of() : Map.of(open, SECOND))
                        .orElse(null))
                .isEqualTo(expected);
    }

    @Test
    void whoMissesItsDeadlineLongAfterTheLossDoesNotJoinIt() {
        MassLoss.Window window = new MassLoss.Window(Map.of(SITE, 1L), Map.of());
        assertThat(MassLoss.naming(unit, window, Map.of(SITE, SECOND))).contains(SITE);
        assertThat(MassLoss.naming(unit, window, Map.of(SITE, 0L))).isEmpty();
        MassLoss.Window many = new MassLoss.Window(Map.of(SITE, 10L), Map.of());
        assertThat(MassLoss.naming(unit, many, Map.of(SITE, 0L))).contains(SITE);
    }

    @Test
    void aGroupIsBackWhenFourOfFiveAreHeard() {
        assertThat(MassLoss.isBack(10, 2)).isTrue();
        assertThat(MassLoss.isBack(10, 3)).isFalse();
    }

    @Test
    void networksAreNamedByTheFirstThatHoldsTheAddress() {
        Networks networks = new Networks(List.of("inner=10.1.2.0/23", "north=10.1.0.0/16", "six=2001:db8::/32"));
        assertThat(networks.of("10.1.3.255:4000")).isEqualTo("inner");
        assertThat(networks.of("10.1.4.0:4000")).isEqualTo("north");
        assertThat(networks.of("[2001:db8::1]:4000")).isEqualTo("six");
        assertThat(networks.of("2001:db8:0:0:0:0:0:1:4000")).isEqualTo("six");
        assertThat(networks.of("192.168.0.1:4000")).isEmpty();
        assertThat(networks.of("nobody.example:1")).isEmpty();
        assertThat(Networks.parse("").of("10.1.3.255:4000")).isEmpty();
        assertThat(Networks.parse("a=10.0.0.0/8, b=11.0.0.0/8").of("11.1.1.1:1"))
                .isEqualTo("b");
        assertThatThrownBy(() -> new Networks(List.of("north=10.1.0.0/33")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("name=address/bits, such as carrier=10.1.0.0/16");
    }
}
