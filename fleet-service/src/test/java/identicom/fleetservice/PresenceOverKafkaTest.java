package identicom.fleetservice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import identicom.schema.Cluster;
import identicom.schema.Topic;
import identicom.schema.v1.Event;
import identicom.schema.v1.Quarantined;
import identicom.schema.v1.SessionClosed;
import identicom.schema.v1.SessionOpened;
import identicom.schema.v1.SessionProgressed;
import identicom.schema.v1.SessionRecord;
import identicom.schema.v1.StationHeartbeat;
import identicom.schema.v1.Trust;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

class PresenceOverKafkaTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    private final TestFleet fleet = TestFleet.shared();

    @Test
    void eventsOfEveryTopicTellWhenAndWhereAUnitWasHeard() {
        fleet.asAdmin("PUT", "/api/v1/units/SEEN-1", "{\"checkInMinutes\":45}");
        Instant accepted = Instant.now().minusSeconds(20).truncatedTo(ChronoUnit.MILLIS);
        publish(Topic.EVENTS_ROUTINE, event("SEEN-1", 7, 1, accepted).setBattery(90));
        publish(
                Topic.EVENTS_HIGH,
                event("SEEN-1", 7, 2, accepted.plusSeconds(1))
                        .setPositionValid(true)
                        .setLatitudeE7(515_000_000)
                        .setLongitudeE7(-1_250_000)
                        .setUnitTimeS(1_790_000_000)
                        .setBattery(80));
        publish(
                Topic.EVENTS_CRITICAL,
                event("SEEN-1", 7, 3, accepted.plusSeconds(2)).setBattery(70));
        await().atMost(SOON).untilAsserted(() -> {
            JsonNode unit = unit("SEEN-1");
            assertThat(unit.path("battery").asInt()).isEqualTo(70);
            assertThat(unit.path("position").path("lat").asDouble()).isEqualTo(51.5);
            assertThat(unit.path("position").path("lon").asDouble()).isEqualTo(-0.125);
            assertThat(Instant.parse(unit.path("positionAt").asText())).isEqualTo(Instant.ofEpochSecond(1_790_000_000));
            assertThat(unit.path("softwareVersion").asText()).isEqualTo("1.2");
            assertThat(Instant.parse(unit.path("lastSeen").asText())).isEqualTo(accepted.plusSeconds(2));
            assertThat(Instant.parse(unit.path("dueAt").asText()))
                    .isEqualTo(accepted.plusSeconds(2).plus(Duration.ofMinutes(45)));
        });
        assertThat(unit("SEEN-1").path("version").asLong())
                .as("a check-in is no change of the whitelist")
                .isEqualTo(1);
    }

    @Test
    void aClosedOfAnOlderSessionNeverMarksANewerOneAsGone() {
        fleet.asAdmin("PUT", "/api/v1/units/SESS-1", "{}");
        Instant start = Instant.now();
        Instant up = start.minusSeconds(60);
        session(opened("SESS-1", "old", "st-1", start, Trust.WHITELISTED));
        awaitConnected("SESS-1", "st-1", up);
        session(opened(
                "SESS-1", "new", "st-1", start.minusSeconds(5), Trust.WHITELISTED)); // a station with a slow clock
        session(closed("SESS-1", "old", start.plusSeconds(9)));
        session(opened("SESS-2", "other", "st-1", start, Trust.WHITELISTED));
        awaitHeard("SESS-1", "new");
        awaitConnected("SESS-1", "st-1", up);
        session(closed("SESS-1", "new", start.plusSeconds(10)));
        awaitGone("SESS-1");
        assertThat(fleet.get("/api/v1/units/SESS-2").status())
                .as("a session of a serial that is no unit makes none")
                .isEqualTo(404);
    }

    @Test
    void sessionsOfAStationThatWasStartedAgainAreOver() {
        fleet.asAdmin("PUT", "/api/v1/units/BOOT-1", "{}");
        Instant start = Instant.now().minusSeconds(10);
        session(opened("BOOT-1", "a", "st-2", start.plusSeconds(1), Trust.UNVERIFIED));
        awaitConnected("BOOT-1", "st-2", start);
        assertThat(fleet.get("/api/v1/units?connected=true&limit=1000").body().toString())
                .contains("BOOT-1");
        heartbeat("st-2", start.plusSeconds(5));
        awaitGone("BOOT-1");
    }

    @Test
    void aSessionThatTheWhitelistRefusedIsNoConnection() {
        fleet.asAdmin("PUT", "/api/v1/units/REF-1", "{}");
        session(opened("REF-1", "a", "st-3", Instant.now(), Trust.WHITELISTED));
        awaitConnected("REF-1", "st-3", Instant.now().minusSeconds(60));
        session(closed("REF-1", "a", Instant.now()));
        session(opened("REF-1", "b", "st-3", Instant.now(), Trust.UNREGISTERED));
        awaitHeard("REF-1", "a");
        assertThat(unit("REF-1").path("connected").asBoolean()).isFalse();
    }

    @Test
    void aRecordThatIsNoEventGoesToQuarantineAndTheNextIsTaken() {
        fleet.asAdmin("PUT", "/api/v1/units/POI-1", "{}");
        byte[] poison = "no event at all".getBytes(StandardCharsets.UTF_8);
        fleet.publish(Topic.EVENTS_HIGH, "POI-1", poison);
        publish(Topic.EVENTS_HIGH, event("POI-1", 1, 1, Instant.now()).setBattery(55));
        await().atMost(SOON).until(() -> unit("POI-1").path("battery").asInt() == 55);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(fleet.records(Cluster.MAIN, Topic.QUARANTINE))
                        .anySatisfy(record -> assertThat(Quarantined.parseFrom(record.value())
                                        .getValue()
                                        .toByteArray())
                                .isEqualTo(poison)));
    }

    /** Every record of the unit published so far has been taken once this one, the last in its partition, has. */
    private void awaitHeard(String serial, String sessionId) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        session(SessionRecord.newBuilder()
                .setSerial(serial)
                .setSessionId(sessionId)
                .setProgressed(
                        SessionProgressed.newBuilder().setAtUs(micros(now)).setLastByteAtUs(micros(now)))
                .build());
        await().atMost(SOON).until(() -> unit(serial).path("lastSeen").asText().equals(now.toString()));
    }

    /** Its station's heart beats meanwhile: of one that falls silent no unit is connected. */
    private void awaitConnected(String serial, String station, Instant startedAt) {
        await().atMost(SOON).pollInterval(Duration.ofMillis(250)).until(() -> {
            heartbeat(station, startedAt);
            return unit(serial).path("connected").asBoolean();
        });
    }

    private void awaitGone(String serial) {
        await().atMost(SOON).until(() -> !unit(serial).path("connected").asBoolean());
    }

    private JsonNode unit(String serial) {
        return fleet.get("/api/v1/units/" + serial).body();
    }

    private void publish(Topic topic, Event.Builder event) {
        fleet.publish(topic, event.getSerial(), event.build().toByteArray());
    }

    private void session(SessionRecord record) {
        fleet.publish(Topic.SESSIONS, record.getSerial(), record.toByteArray());
    }

    private void heartbeat(String station, Instant startedAt) {
        SessionRecord record = SessionRecord.newBuilder()
                .setStation(station)
                .setHeartbeat(StationHeartbeat.newBuilder()
                        .setAtUs(micros(Instant.now()))
                        .setStartedAtUs(micros(startedAt)))
                .build();
        fleet.publish(Topic.SESSIONS, station, record.toByteArray());
    }

    private static Event.Builder event(String serial, int log, int sequence, Instant accepted) {
        return Event.newBuilder()
                .setSerial(serial)
                .setLogId(log)
                .setSequence(sequence)
                .setBattery(255)
                .setSoftwareVersion("1.2")
                .setAcceptedAtUs(micros(accepted));
    }

    private static SessionRecord opened(String serial, String id, String station, Instant at, Trust trust) {
        return SessionRecord.newBuilder()
                .setSerial(serial)
                .setSessionId(id)
                .setStation(station)
                .setOpened(SessionOpened.newBuilder().setAtUs(micros(at)).setTrust(trust))
                .build();
    }

    private static SessionRecord closed(String serial, String id, Instant at) {
        return SessionRecord.newBuilder()
                .setSerial(serial)
                .setSessionId(id)
                .setClosed(SessionClosed.newBuilder().setAtUs(micros(at)).setLastByteAtUs(micros(at)))
                .build();
    }

    private static long micros(Instant at) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, at);
    }
}
