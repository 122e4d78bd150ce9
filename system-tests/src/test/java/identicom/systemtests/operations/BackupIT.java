package identicom.systemtests.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import identicom.systemtests.backing.Backing;
import identicom.systemtests.backing.InstalledPostgres;
import identicom.systemtests.backing.Processes;
import identicom.systemtests.check.Ledger;
import identicom.systemtests.harness.Desk;
import identicom.testing.TestFolders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Backup and restore as docs/operations/backup.md has it, with PostgreSQL's own tools. */
@Tag("operations")
class BackupIT {
    private static final Logger LOG = LoggerFactory.getLogger(BackupIT.class);
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private InstalledPostgres installed;
    private Path backup;

    @BeforeEach
    void find() throws Exception {
        installed = InstalledPostgres.find();
        backup = Files.createTempDirectory("identicom-backup-");
    }

    @AfterEach
    void remove() {
        if (backup != null) {
            TestFolders.remove(backup);
        }
    }

    private Path dump() {
        return backup.resolve("identicom.dump");
    }

    private Path pictures() {
        return backup.resolve("pictures");
    }

    /** Brokers, database, pictures and what processes keep: all of it. What is there afterwards is the backup, and the units. */
    @Test
    void everythingIsLostAndComesBack() throws Exception {
        try (Entrance entrance = new Entrance();
                Wearers wearers = new Wearers(entrance.address(), "B-")) {
            Desk administrator = workAndBackUp(entrance, wearers);
            long emptied = wearers.fleet().summary().deleted();
            wearers.fall(List.of(4, 5)); // nobody answers: the units keep it

            long lost = System.nanoTime();
            try (Site restored = Site.on(Backing.restored(installed, dump()), 1)) {
                restored.restorePictures(pictures());
                assertThat(restored.republish())
                        .contains("units: %1$d, taken from the topic: 0, published: %1$d".formatted(wearers.count()));
                restored.start();
                LOG.info("from the loss to a station that is ready: {} s", secondsSince(lost));
                stationKnows(restored, wearers.count());
                assertThat(wearers.fleet().summary().deleted()).isEqualTo(emptied);

                entrance.leadTo(restored.units(1));
                wearers.fleet().quiet();
                await("every unit is emptied").atMost(LIMIT).until(wearers.fleet()::empty);
                LOG.info("from the loss to the last unit's emptying: {} s", secondsSince(lost));

                Desk same = administrator.at(restored.served());
                wearers.fall(List.of(0));
                await("all of them ring").atMost(LIMIT).until(() -> wearers.raised(same, List.of(0, 1, 2, 3, 4, 5)));
                new Ledger(wearers.fleet().journals()).check(same);
                assertThat(wearers.alert(same, 0).get("wearer").asText())
                        .as("the name comes by the topic of units")
                        .isEqualTo("Ada Moor");
                closedStaysClosed(wearers.alert(same, 1));
                assertThat(same.all("/api/v1/audit?action=alert.close")).hasSize(1);
                assertThat(Desk.administrator(restored.served())
                                .get("/api/v1/users/admin")
                                .status())
                        .isEqualTo(200);
                heard(same);
            }
        }
    }

    /** Main is there, so nothing is lost: neither what came after the dump nor what people changed of units. */
    @Test
    void theDatabaseAloneIsLostAndCatchesUpWithWhatMainHas() throws Exception {
        try (Entrance entrance = new Entrance();
                Wearers wearers = new Wearers(entrance.address(), "D-");
                Site site = Site.on(Backing.start(installed), 1)) {
            site.start();
            Desk administrator = Desk.administrator(site.served());
            wearers.commission(administrator);
            entrance.leadTo(site.units(1));
            wearers.begin();
            wearers.fall(List.of(1, 2));
            await("alerts").atMost(LIMIT).until(() -> wearers.raised(administrator, List.of(1, 2)));
            site.backing().dump(installed, dump());
            long dumped = wearers.fleet().summary().deleted();
            changeAUnit(administrator, wearers.serial(0));
            wearers.fall(List.of(3));
            await("more than the dump has")
                    .atMost(LIMIT)
                    .until(() -> wearers.raised(administrator, List.of(3))
                            && wearers.fleet().summary().deleted() > dumped + 2L * wearers.count());

            site.backing().loseDatabase();
            long deleted = wearers.fleet().summary().deleted();
            await("known units are served without it")
                    .atMost(LIMIT)
                    .until(() -> wearers.fleet().summary().deleted() > deleted);
            site.stopServices();
            site.backing().restoreDatabase(installed, dump());
            site.clusters().forgetWhatWasRead();
            assertThat(site.republish())
                    .contains("units: %d, taken from the topic: 1, published: 0".formatted(wearers.count()));
            site.startServices();

            wearers.fleet().quiet();
            await("every unit is emptied").atMost(LIMIT).until(wearers.fleet()::empty);
            Desk same = administrator.at(site.served());
            new Ledger(wearers.fleet().journals()).check(same);
            JsonNode unit = same.get("/api/v1/units/" + wearers.serial(0)).json();
            assertThat(unit.get("wearer").asText()).isEqualTo("Ida Moor");
            assertThat(unit.get("version").asLong()).isEqualTo(3);
        }
    }

    /** Units call, wearers fall, pictures come, somebody closes an alert; then stations stop and everything is copied, and lost. */
    private Desk workAndBackUp(Entrance entrance, Wearers wearers) throws Exception {
        try (Site lost = Site.on(Backing.start(installed), 1)) {
            lost.start();
            Desk administrator = Desk.administrator(lost.served());
            wearers.commission(administrator);
            entrance.leadTo(lost.units(1));
            wearers.begin();
            wearers.fall(List.of(1, 2, 3));
            await("alerts and pictures")
                    .atMost(LIMIT)
                    .until(() -> wearers.raised(administrator, List.of(1, 2, 3))
                            && wearers.fleet().summary().deletedPictures()
                                    == wearers.fleet().summary().pictures());
            close(administrator, wearers.alert(administrator, 1));

            lost.stopStations();
            entrance.leadNowhere();
            lost.awaitStored(administrator);
            lost.backing().dump(installed, dump());
            lost.copyPictures(pictures());
            return administrator;
        }
    }

    private static void close(Desk desk, JsonNode alert) throws Exception {
        String path = "/api/v1/alerts/" + alert.get("id").asText();
        Desk.Answer answer = desk.post(path + "/close", Map.of("outcome", "false-alarm", "note", "dropped it"));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    private static void closedStaysClosed(JsonNode alert) {
        assertThat(alert.get("state").asText()).isEqualTo("closed");
        assertThat(alert.get("outcome").asText()).isEqualTo("false-alarm");
        assertThat(alert.get("history").toString()).contains("dropped it");
    }

    private static void changeAUnit(Desk administrator, String serial) throws Exception {
        Desk.Answer answer = administrator.put("/api/v1/units/" + serial, Map.of("wearer", "Ida Moor"));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    /** From the topic: it has been asked for none of them. */
    private static void stationKnows(Site site, int units) {
        Desk station =
                Desk.stranger(site.processes().process(Processes.station(1)).site());
        await("the station's list is whole")
                .atMost(LIMIT)
                .until(() -> station.meter("identicom_receiver_whitelist_units", "") == units);
    }

    /** The topic of sessions began anew, and what was read of the old one stands in the database. */
    private static void heard(Desk desk) {
        Instant now = Instant.now();
        await("up to when everything was heard")
                .atMost(LIMIT)
                .until(() -> Instant.parse(desk.get("/api/v1/supervision/summary")
                                .json()
                                .get("watermark")
                                .asText())
                        .isAfter(now));
    }

    private static long secondsSince(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos).toSeconds();
    }
}
