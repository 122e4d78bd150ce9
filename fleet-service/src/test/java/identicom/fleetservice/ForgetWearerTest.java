package identicom.fleetservice;

import static org.assertj.core.api.Assertions.assertThat;

import identicom.fleetservice.storage.Transactions;
import identicom.fleetservice.units.StoredUnits;
import identicom.fleetservice.units.Unit;
import identicom.fleetservice.units.UnitState;
import identicom.runtime.config.Configuration;
import identicom.runtime.config.Key;
import identicom.runtime.kafka.Clusters;
import identicom.runtime.kafka.TopicAdmin;
import identicom.schema.DatabaseSchema;
import identicom.schema.Profile;
import identicom.schema.Topic;
import identicom.schema.v1.AuditEntry;
import identicom.schema.v1.UnitRecord;
import identicom.testing.TestDatabase;
import identicom.testing.TestKafka;
import identicom.testing.TestPostgres;
import identicom.testing.TestTopics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What units, their topic and the audit trail say once a wearer was forgotten, on a real database and broker. */
class ForgetWearerTest {
    private static final Instant NOW = Instant.parse("2026-05-01T08:00:00Z");
    private static final String PSEUDONYM = "forgotten-1a2b3c4d";
    private static final String PHONE = "+441632960001";

    /** Of its own: on the shared one the role has the password of another test. */
    @AutoClose
    private static TestPostgres postgres;

    /** Each test's own: no topic is emptied. */
    @AutoClose
    private final TestKafka kafka = TestKafka.start();

    @AutoClose
    private final TestTopics topics = new TestTopics(kafka.bootstrapServers());

    @AutoClose
    private TestDatabase database;

    private Clusters clusters;

    @BeforeAll
    static void startDatabase() {
        postgres = TestPostgres.start();
    }

    @BeforeEach
    void start() throws Exception {
        database = TestDatabase.on(postgres, DatabaseSchema.FLEET);
        clusters = new Clusters(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                Map.of("bootstrap.servers", kafka.bootstrapServers()));
        TopicAdmin.createMissing(clusters, Profile.EMBEDDED, line -> {});
    }

    private void put(Unit... units) throws Exception {
        new Transactions(database.service(), () -> {})
                .write(tx -> StoredUnits.put(tx, List.of(units), NOW, "a person"));
    }

    private static Unit unit(String serial, String wearer) {
        return new Unit(serial, wearer, PHONE, "North", 45, 10, UnitState.DECOMMISSIONED);
    }

    private int forget(Clusters reached) throws Exception {
        Configuration configuration = Configuration.of(
                Map.of(
                        "database.fleet.url", database.url(),
                        "database.fleet.user", DatabaseSchema.FLEET.role(),
                        "database.fleet.password", TestDatabase.PASSWORD),
                new ArrayList<Key<?>>(FleetService.KEYS));
        return ForgetWearer.run(
                configuration,
                reached,
                new ForgetWearer.Order(
                        "Jane Doe",
                        PSEUDONYM,
                        "olga",
                        "request 2026-17",
                        Map.of("fleet.units", 2L, "alerts.alert", 14L)),
                line -> {});
    }

    /** The last record of each unit. */
    private Collection<UnitRecord> units() throws Exception {
        Map<String, UnitRecord> units = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : topics.all(Topic.UNITS.topicName())) {
            UnitRecord unit = UnitRecord.parseFrom(record.value());
            units.put(unit.getSerial(), unit);
        }
        return units.values();
    }

    @Test
    void theirUnitsHaveThePseudonymAndNoPhoneAndEverybodyIsToldSo() throws Exception {
        put(unit("A-1", "Jane Doe"), unit("A-2", "Mary Jane Doering"), unit("A-3", "Jane Doe"));

        assertThat(forget(clusters)).isEqualTo(2);

        assertThat(database.column(
                        "select concat_ws('|', serial, wearer, phone, site, check_in_minutes, grace_minutes, state,"
                                + " version, changed_by) from fleet.units order by serial"))
                .containsExactly(
                        "A-1|" + PSEUDONYM + "||North|45|10|decommissioned|2|olga",
                        "A-2|Mary Jane Doering|" + PHONE + "|North|45|10|decommissioned|1|a person",
                        "A-3|" + PSEUDONYM + "||North|45|10|decommissioned|2|olga");
        assertThat(units())
                .extracting(unit ->
                        unit.getSerial() + " " + unit.getWearer() + " " + unit.getPhone() + " " + unit.getVersion())
                .containsExactlyInAnyOrder(
                        "A-1 " + PSEUDONYM + "  2",
                        "A-2 Mary Jane Doering " + PHONE + " 1",
                        "A-3 " + PSEUDONYM + "  2");
        assertThat(database.number("select count(*) from fleet.outbox")).isZero();
    }

    @Test
    void theAuditTrailHearsWhatWasDoneAndByWhomButNeitherNameNorPhone() throws Exception {
        put(unit("A-1", "Jane Doe"));

        forget(clusters);

        List<ConsumerRecord<byte[], byte[]>> told = topics.all(Topic.AUDIT.topicName());
        assertThat(told).hasSize(1);
        AuditEntry entry = AuditEntry.parseFrom(told.getFirst().value());
        assertThat(entry.getAction()).isEqualTo("wearer.forget");
        assertThat(entry.getObject()).isEqualTo(PSEUDONYM);
        assertThat(entry.getWho()).isEqualTo("olga");
        assertThat(entry.getDetailMap())
                .isEqualTo(Map.of("reason", "request 2026-17", "fleet.units", "2", "alerts.alert", "14"));
        assertThat(entry.toString()).doesNotContain("Jane", PHONE);
    }

    @Test
    void doneAgainItChangesNoUnit() throws Exception {
        put(unit("A-1", "Jane Doe"));
        forget(clusters);

        assertThat(forget(clusters)).isZero();

        assertThat(database.number("select version from fleet.units")).isEqualTo(2);
    }

    @Test
    void moreUnitsThanAreChangedAtOnce() throws Exception {
        database.execute("""
                insert into fleet.units
                select 'B-' || n, 'Jane Doe', '', '', 30, 5, 'commissioned', 1, now(), 'x' from generate_series(1, 6000) n""");

        assertThat(forget(clusters)).isEqualTo(6_000);

        assertThat(database.number(
                        "select count(*) from fleet.units where wearer = '" + PSEUDONYM + "' and version = 2"))
                .isEqualTo(6_000);
        assertThat(units()).hasSize(6_000);
    }
}
