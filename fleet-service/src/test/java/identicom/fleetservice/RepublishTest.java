package identicom.fleetservice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import identicom.fleetservice.storage.Transactions;
import identicom.fleetservice.units.Republishing.Done;
import identicom.fleetservice.units.StoredUnits;
import identicom.fleetservice.units.Unit;
import identicom.fleetservice.units.UnitState;
import identicom.runtime.config.Configuration;
import identicom.runtime.config.Key;
import identicom.runtime.kafka.Clusters;
import identicom.runtime.kafka.RetriableStorageException;
import identicom.runtime.kafka.TopicAdmin;
import identicom.schema.DatabaseSchema;
import identicom.schema.Profile;
import identicom.schema.Topic;
import identicom.schema.v1.UnitRecord;
import identicom.testing.TestDatabase;
import identicom.testing.TestKafka;
import identicom.testing.TestPostgres;
import identicom.testing.TestTopics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The table and the topic of units after one of them was lost or put back to an earlier state, on a real database and broker. */
class RepublishTest {
    private static final Instant NOW = Instant.parse("2026-05-01T08:00:00Z");

    /** Of its own: on the shared one the role has the password of another test. */
    @AutoClose
    private static TestPostgres postgres;

    /** Each test's own: no topic of units is emptied. */
    @AutoClose
    private TestKafka kafka;

    @AutoClose
    private TestDatabase database;

    @AutoClose
    private TestTopics topics;

    private Clusters clusters;

    @BeforeAll
    static void startDatabase() {
        postgres = TestPostgres.start();
    }

    @BeforeEach
    void start() throws Exception {
        database = TestDatabase.on(postgres, DatabaseSchema.FLEET);
        kafka = TestKafka.start();
        topics = new TestTopics(kafka.bootstrapServers());
        Map<String, Object> both = Map.of("bootstrap.servers", kafka.bootstrapServers());
        clusters = new Clusters(both, both);
        TopicAdmin.createMissing(clusters, Profile.EMBEDDED, line -> {});
    }

    private Done republish() throws Exception {
        return republish(clusters);
    }

    private Done republish(Clusters reached) throws Exception {
        Configuration configuration = Configuration.of(
                Map.of(
                        "database.fleet.url", database.url(),
                        "database.fleet.user", DatabaseSchema.FLEET.role(),
                        "database.fleet.password", TestDatabase.PASSWORD),
                new ArrayList<Key<?>>(FleetService.KEYS));
        return Republish.run(configuration, reached, line -> {});
    }

    private void put(Unit... units) throws Exception {
        new Transactions(database.service(), () -> {})
                .write(tx -> StoredUnits.put(tx, List.of(units), NOW, "a person"));
    }

    private static Unit unit(String serial, String wearer) {
        return new Unit(serial, wearer, "+441632960001", "North", 45, 10, UnitState.COMMISSIONED);
    }

    /** As a fleet-service had told it before the table was put back. */
    private void told(UnitRecord... records) {
        for (UnitRecord record : records) {
            topics.publish(Topic.UNITS.topicName(), record.getSerial(), record.toByteArray());
        }
    }

    private static UnitRecord record(String serial, String wearer, long version) {
        return UnitRecord.newBuilder()
                .setSerial(serial)
                .setWearer(wearer)
                .setCheckInMinutes(30)
                .setState(identicom.schema.v1.UnitState.COMMISSIONED)
                .setVersion(version)
                .setChangedAtUs(1_000_000)
                .build();
    }

    /** The last record of each unit. */
    private Map<String, UnitRecord> topic() throws Exception {
        Map<String, UnitRecord> units = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : topics.all(Topic.UNITS.topicName())) {
            units.put(new String(record.key(), StandardCharsets.UTF_8), UnitRecord.parseFrom(record.value()));
        }
        return units;
    }

    /** What a fleet-service had published of it is lost with the topic. */
    private void nothingWaits() throws Exception {
        database.execute("delete from fleet.outbox");
    }

    @Test
    void aTopicThatWasLostHasEveryUnitAgainAsTheTableSaysIt() throws Exception {
        put(unit("A-1", "Ann"), unit("A-2", "Ben"));
        put(unit("A-1", "Anna"));
        nothingWaits();

        assertThat(republish()).isEqualTo(new Done(2, 0, 2));

        Map<String, UnitRecord> units = topic();
        assertThat(units.keySet()).containsExactlyInAnyOrder("A-1", "A-2");
        assertThat(units.get("A-1"))
                .isEqualTo(UnitRecord.newBuilder()
                        .setSerial("A-1")
                        .setWearer("Anna")
                        .setPhone("+441632960001")
                        .setSite("North")
                        .setCheckInMinutes(45)
                        .setGraceMinutes(10)
                        .setState(identicom.schema.v1.UnitState.COMMISSIONED)
                        .setVersion(2)
                        .setChangedAtUs(NOW.toEpochMilli() * 1_000)
                        .build());
        assertThat(republish()).as("done again it changes nothing").isEqualTo(new Done(2, 0, 0));
    }

    @Test
    void aTableThatWasPutBackLearnsWhatTheTopicKnowsNewerAndAlone() throws Exception {
        put(unit("A-1", "Ann"), unit("A-2", "Ben"));
        nothingWaits();
        told(record("A-1", "Ann", 1), record("A-1", "Anna", 3), record("A-2", "Ben", 1), record("A-3", "Cy", 2));

        assertThat(republish()).isEqualTo(new Done(3, 2, 0));

        assertThat(database.column("select serial || ' ' || wearer || ' ' || version from fleet.units order by serial"))
                .containsExactly("A-1 Anna 3", "A-2 Ben 1", "A-3 Cy 2");
        put(unit("A-1", "Annabel"));
        assertThat(database.number("select version from fleet.units where serial = 'A-1'"))
                .as("a later change is newer than what everybody knows")
                .isEqualTo(4);
    }

    @Test
    void whatStillWaitsInTheOutboxIsNotTheLastThatTheTopicSays() throws Exception {
        put(unit("A-1", "Ann"));
        told(record("A-1", "Anna", 3));

        assertThat(republish()).isEqualTo(new Done(1, 1, 1));

        assertThat(topic().get("A-1").getVersion()).isEqualTo(3);
        assertThat(topic().get("A-1").getWearer()).isEqualTo("Anna");
    }

    @Test
    void moreUnitsThanOneTransactionTakes() throws Exception {
        database.execute("""
                insert into fleet.units
                select 'B-' || n, '', '', '', 30, 5, 'commissioned', 1, now(), 'x' from generate_series(1, 12000) n""");

        assertThat(republish()).isEqualTo(new Done(12_000, 0, 12_000));
        assertThat(topic()).hasSize(12_000);
    }

    @Test
    void whereMainDoesNotAnswerItSaysSo() {
        Map<String, Object> nowhere = Map.of("bootstrap.servers", "127.0.0.1:1");
        Clusters away = new Clusters(nowhere, nowhere);

        assertThatThrownBy(() -> republish(away))
                .isInstanceOf(RetriableStorageException.class)
                .hasMessageContaining("identicom.units cannot be read");
    }
}
