package identicom.alertservice.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import identicom.alertservice.supervision.SupervisedSystem.Station;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MassLossSweepTest {

    private SupervisedSystem system;
    private Sweep sweep;
    private Station station;

    @BeforeEach
    void open() throws Exception {
        system = new SupervisedSystem();
        sweep = system.sweep();
        station = system.station("rx-1");
    }

    @AfterEach
    void close() {
        system.close();
    }

    @Test
    void threeThousandOfTenThousandAreOneLossAndTheRedsAndAmbersAmongThemSingle() throws Exception {
        List<String> all = serials(10_000);
        system.units(all, "", 30, 1, true);
        station.opened(all, "s1");
        system.event("U7", "s1", 0x24, 1);
        emergency("U8");
        emergency("U9");
        system.pass(Duration.ofMinutes(33), sweep);
        station.opened(all.subList(3_000, 10_000), "s2");
        system.pass(Duration.ofMinutes(3), sweep);
        assertThat(system.told())
                .containsExactlyInAnyOrder(
                        "mass-loss fleet", "missed-check-in U7", "missed-check-in U8", "missed-check-in U9");
        assertThat(system.database.number("select cardinality(serials) from alerts.told where kind = 'mass-loss'"))
                .isEqualTo(2_997);
        assertThat(system.database.number("select count(*) from alerts.supervised where overdue_us is not null"))
                .isEqualTo(3_000);
    }

    /** An alert of its own, as the intake of events raises it. */
    private void emergency(String serial) throws Exception {
        system.database.execute("""
                insert into alerts.alert (id, serial, kind, class, state, trust, raised_at, accepted_at, late,
                                          event_count, rings, rang_at)
                values (gen_random_uuid(), '%s', 'red-alert', 'critical', 'acknowledged', 'whitelisted', now(), now(),
                        false, 1, 1, now())""".formatted(serial));
    }

    @Test
    void whoFallsSilentLaterJoinsAndTheFirstWhoWereSingleAreNamed() throws Exception {
        List<String> site = serials(40);
        system.units(site, "Leeds", 30, 1, true);
        List<String> elsewhere =
                new ArrayList<>(IntStream.range(0, 400).mapToObj(i -> "E" + i).toList());
        system.units(elsewhere, "", 30, 1, true);
        for (int i = 0; i < 40; i++) {
            station.opened(site.get(i), "s1");
            system.pass(Duration.ofSeconds(20), sweep);
        }
        for (int minute = 0; minute < 50; minute++) {
            station.opened(elsewhere, "m" + minute);
            system.pass(Duration.ofMinutes(1), sweep);
        }
        List<String> told = system.told();
        assertThat(told.subList(0, 9)).allMatch(line -> line.startsWith("missed-check-in U"));
        assertThat(told.subList(9, told.size())).containsOnly("mass-loss site Leeds");
        assertThat(system.database.number("""
                select count(distinct serial) from (
                  select unnest(serials) as serial from alerts.told where kind = 'mass-loss') named""")).isEqualTo(40);
        assertThat(system.database.column("select rings::text from alerts.told where kind = 'mass-loss' order by id"))
                .startsWith("true", "false")
                .containsOnlyOnce("true");
        assertThat(system.database.number("select named from alerts.mass_loss")).isEqualTo(40);
    }

    @Test
    void whoIsStillSilentAfterTheOthersCameBackGetsAnAlertOfItsOwn() throws Exception {
        List<String> site = serials(20);
        system.units(site, "Leeds", 30, 1, true);
        station.opened(site, "s1");
        system.pass(Duration.ofMinutes(40), sweep);
        assertThat(system.told()).containsExactly("mass-loss fleet");
        station.opened(site.subList(1, 20), "s2");
        system.pass(Duration.ofMinutes(20), sweep);
        station.opened(site.subList(1, 20), "s3");
        system.pass(Duration.ofMinutes(14), sweep);
        assertThat(system.told()).containsExactly("mass-loss fleet");
        system.pass(Duration.ofMinutes(2), sweep);
        assertThat(system.told()).containsExactly("mass-loss fleet", "missed-check-in U0");
        assertThat(system.database.number("select count(*) from alerts.told_heard"))
                .as("units whom only the loss names")
                .isZero();
        assertThat(system.database.column("select detail from alerts.told_again"))
                .containsExactly("19 of 20 were heard again");
    }

    @Test
    void whoFallsSilentAfterTheLossIsNoPartOfItAndRings() throws Exception {
        List<String> site = serials(20);
        system.units(site, "Leeds", 30, 1, true);
        system.units(List.of("L1"), "Leeds", 30, 1, true);
        station.opened(site, "s1");
        station.opened("L1", "s1");
        system.pass(Duration.ofMinutes(30), sweep);
        station.opened("L1", "s2");
        system.pass(Duration.ofMinutes(10), sweep);
        assertThat(system.told()).containsExactly("mass-loss fleet");
        system.pass(Duration.ofMinutes(20), sweep);
        station.opened("L1", "s3");
        system.pass(Duration.ofMinutes(37), sweep);
        assertThat(system.told()).containsExactly("mass-loss fleet", "missed-check-in L1");
    }

    @Test
    void aSecondLossOfManyRingsAgainThoughTheFirstIsOpen() throws Exception {
        List<String> all = serials(40);
        system.units(all, "Leeds", 30, 1, true);
        List<String> later = all.subList(20, 40);
        station.opened(all, "s1");
        for (int i = 0; i < 3; i++) {
            system.pass(Duration.ofMinutes(30), sweep);
            station.opened(later, "m" + i);
        }
        system.pass(Duration.ofMinutes(37), sweep);
        assertThat(system.told()).containsExactly("mass-loss fleet", "mass-loss fleet");
        assertThat(system.database.column("select rings::text from alerts.told"))
                .containsExactly("true", "true");
    }

    private static List<String> serials(int count) {
        return IntStream.range(0, count).mapToObj(i -> "U" + i).toList();
    }
}
