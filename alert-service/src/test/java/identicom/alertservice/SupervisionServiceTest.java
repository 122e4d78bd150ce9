package identicom.alertservice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.Message;
import identicom.schema.Cluster;
import identicom.schema.Topic;
import identicom.schema.v1.Event;
import identicom.schema.v1.SessionClosed;
import identicom.schema.v1.SessionOpened;
import identicom.schema.v1.SessionRecord;
import identicom.schema.v1.StationHeartbeat;
import identicom.schema.v1.Trust;
import identicom.schema.v1.UnitRecord;
import identicom.schema.v1.UnitState;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Supervision as the service runs it: real topics in, HTTP out. */
class SupervisionServiceTest {

    private static ServiceFixture service;

    @BeforeAll
    static void start() throws Exception {
        service = new ServiceFixture();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void whatTheTopicsSayIsListed() throws Exception {
        for (String serial : new String[] {"A1", "A2", "A3"}) {
            publish(
                    Topic.UNITS,
                    serial,
                    UnitRecord.newBuilder()
                            .setSerial(serial)
                            .setSite("Leeds")
                            .setWearer("Ada")
                            .setCheckInMinutes(30)
                            .setGraceMinutes(5)
                            .setVersion(1)
                            .setState(UnitState.COMMISSIONED)
                            .build());
        }
        Instant heard = Instant.now().truncatedTo(ChronoUnit.MICROS);
        publish(Topic.SESSIONS, "A1", opened("A1", heard));
        publish(Topic.SESSIONS, "A2", opened("A2", heard));
        publish(
                Topic.EVENTS_ROUTINE,
                "A2",
                Event.newBuilder()
                        .setSerial("A2")
                        .setSessionId("s-A2")
                        .setLogId(1)
                        .setSequence(1)
                        .setTypeCode(0x23)
                        .setTrust(Trust.WHITELISTED)
                        .setAcceptedAtUs(us(heard))
                        .build());
        publish(
                Topic.SESSIONS,
                "A2",
                SessionRecord.newBuilder()
                        .setSerial("A2")
                        .setSessionId("s-A2")
                        .setClosed(SessionClosed.newBuilder().setLastByteAtUs(us(heard)))
                        .build());
        for (int key = 0; key < 200; key++) {
            publish(
                    Topic.SESSIONS,
                    "rx-" + key,
                    SessionRecord.newBuilder()
                            .setStation("rx-1")
                            .setHeartbeat(StationHeartbeat.newBuilder()
                                    .setStartedAtUs(us(heard) - 1)
                                    .setAtUs(us(heard))
                                    .setUptimeUs(1))
                            .build());
        }
        await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> {
            JsonNode summary = service.json(service.get("aud", "/api/v1/supervision/summary"));
            assertThat(summary.path("watermark").asText()).isEqualTo(heard.toString());
            assertThat(summary.path("supervised").asInt()).isEqualTo(3);
            assertThat(summary.path("neverSeen").asInt()).isEqualTo(1);
            assertThat(summary.path("off").asInt()).isEqualTo(1);
            assertThat(summary.path("overdue").asInt()).isZero();
            assertThat(summary.path("paused").asBoolean()).isFalse();
            assertThat(summary.path("blind")).isEmpty();
        });
        JsonNode first = service.json(service.get("fritz", "/api/v1/supervision?limit=1"));
        JsonNode unit = first.path("items").path(0);
        assertThat(unit.path("serial").asText()).isEqualTo("A1");
        assertThat(unit.path("site").asText()).isEqualTo("Leeds");
        assertThat(unit.path("state").asText()).isEqualTo("in-time");
        assertThat(unit.path("lastHeardAt").asText()).isEqualTo(heard.toString());
        assertThat(unit.path("dueAt").asText())
                .isEqualTo(heard.plus(Duration.ofMinutes(35)).toString());
        assertThat(unit.path("overdueSince").isNull()).isTrue();
        JsonNode second = service.json(service.get(
                "ann",
                "/api/v1/supervision?limit=1&cursor=" + first.path("next").asText()));
        assertThat(second.path("items").path(0).path("serial").asText()).isEqualTo("A2");
        assertThat(second.path("items").path(0).path("unitState").asText()).isEqualTo("off");
        assertThat(service.json(service.get("ann", "/api/v1/supervision?state=never-seen"))
                        .path("items")
                        .findValuesAsText("serial"))
                .containsExactly("A3");
        HttpResponse<String> wrong = service.get("ann", "/api/v1/supervision?state=lost");
        assertThat(wrong.statusCode()).isEqualTo(400);
    }

    private static SessionRecord opened(String serial, Instant at) {
        return SessionRecord.newBuilder()
                .setSerial(serial)
                .setSessionId("s-" + serial)
                .setStation("rx-1")
                .setOpened(SessionOpened.newBuilder()
                        .setAtUs(us(at))
                        .setSourceAddress("10.1.2.3:4000")
                        .setTrust(Trust.WHITELISTED))
                .build();
    }

    private static void publish(Topic topic, String key, Message message) throws Exception {
        service.publish(Cluster.MAIN, topic, key, message);
    }

    private static long us(Instant at) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, at);
    }
}
