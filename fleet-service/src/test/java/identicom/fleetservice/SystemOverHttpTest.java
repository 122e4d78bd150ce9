package identicom.fleetservice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import identicom.schema.Topic;
import identicom.schema.v1.SessionRecord;
import identicom.schema.v1.StationHeartbeat;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

class SystemOverHttpTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    private final TestFleet fleet = TestFleet.shared();

    @Test
    void bothClustersAreUpAndTheLagOfTheirConsumersIsTold() {
        await().atMost(SOON).untilAsserted(() -> {
            JsonNode system = system();
            assertThat(system.path("database").asText()).isEqualTo("up");
            assertThat(system.path("clusters").findValuesAsText("name")).containsExactly("main", "priority");
            assertThat(system.path("clusters").findValuesAsText("state")).containsOnly("up");
            assertThat(system.path("clusters").get(0).path("consumers").findValuesAsText("group"))
                    .contains("identicom-fleet-events", "identicom-fleet-sessions");
        });
    }

    @Test
    void theBacklogOfEachGroupIsToldByTopicAndMeasured() {
        heartbeat("sys-read", Instant.now(), false, false, 1);
        await().atMost(SOON).untilAsserted(() -> {
            JsonNode sessions =
                    consumer("identicom-fleet-sessions").path("topics").path(0);
            assertThat(sessions.path("topic").asText()).isEqualTo(Topic.SESSIONS.topicName());
            assertThat(sessions.path("limit").asLong()).isEqualTo(50_000);
            assertThat(sessions.path("behind").asBoolean()).isFalse();
            assertThat(fleet.text("/metrics"))
                    .contains("identicom_backlog_records{cluster=\"main\",group=\"identicom-fleet-sessions\",topic=\""
                            + Topic.SESSIONS.topicName() + "\"}")
                    .contains("identicom_cluster_up{cluster=\"priority\"} 1.0");
        });
    }

    private JsonNode consumer(String group) {
        for (JsonNode consumer : system().path("clusters").get(0).path("consumers")) {
            if (consumer.path("group").asText().equals(group)) {
                return consumer;
            }
        }
        throw new AssertionError("no group " + group);
    }

    @Test
    void aStationIsToldAsItsLastHeartbeatHasItAndAsSilentTenSecondsLater() {
        heartbeat("sys-silent", Instant.now().minusSeconds(60), false, false, 5);

        await().atMost(SOON).pollInterval(Duration.ofMillis(250)).untilAsserted(() -> {
            Instant now = Instant.now();
            heartbeat("sys-serving", now, false, false, 7);
            heartbeat("sys-draining", now, true, false, 3);
            heartbeat("sys-blind", now, false, true, 2);
            assertThat(station("sys-silent").path("state").asText()).isEqualTo("silent");
            assertThat(station("sys-silent").path("sessions").asInt()).isZero();
            assertThat(station("sys-draining").path("state").asText()).isEqualTo("draining");
            assertThat(station("sys-blind").path("state").asText()).isEqualTo("main-silent");
            assertThat(station("sys-serving").path("state").asText()).isEqualTo("serving");
            assertThat(station("sys-serving").path("sessions").asInt()).isEqualTo(7);
        });
    }

    private JsonNode system() {
        return fleet.asAdmin("GET", "/api/v1/system", "").body();
    }

    private JsonNode station(String name) {
        for (JsonNode station : system().path("stations")) {
            if (station.path("station").asText().equals(name)) {
                return station;
            }
        }
        throw new AssertionError("no station " + name);
    }

    private void heartbeat(String station, Instant at, boolean draining, boolean mainSilent, int sessions) {
        SessionRecord record = SessionRecord.newBuilder()
                .setStation(station)
                .setHeartbeat(StationHeartbeat.newBuilder()
                        .setAtUs(ChronoUnit.MICROS.between(Instant.EPOCH, at))
                        .setStartedAtUs(1)
                        .setDraining(draining)
                        .setMainSilent(mainSilent)
                        .setOpenSessions(sessions))
                .build();
        fleet.publish(Topic.SESSIONS, station, record.toByteArray());
    }
}
