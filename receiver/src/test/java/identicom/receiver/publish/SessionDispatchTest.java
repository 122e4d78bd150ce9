package identicom.receiver.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.InvalidProtocolBufferException;
import identicom.receiver.metrics.Outlet;
import identicom.receiver.metrics.ReceiverMetrics;
import identicom.schema.v1.SessionClosed;
import identicom.schema.v1.SessionOpened;
import identicom.schema.v1.SessionRecord;
import identicom.schema.v1.StationHeartbeat;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SessionDispatchTest {
    private static final Node NODE = new Node(0, "localhost", 1);

    private final MockProducer<byte[], byte[]> producer = new MockProducer<>(
            new Cluster(
                    "c",
                    List.of(NODE),
                    List.of(new PartitionInfo("topic", 0, NODE, new Node[] {NODE}, new Node[] {NODE})),
                    Set.of(),
                    Set.of()),
            false,
            new RoundRobinPartitioner(),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    private final Outbox outbox = new Outbox(
            Outlet.SESSIONS,
            "topic",
            64,
            Duration.ofMinutes(1),
            Duration.ofSeconds(1),
            () -> producer,
            () -> false,
            () -> {},
            new ReceiverMetrics(new SimpleMeterRegistry()),
            System::nanoTime);
    private long nowUs = 1_000_000;
    private boolean nowhere;
    private final SessionDispatch dispatch = new SessionDispatch(outbox, () -> false, () -> nowhere, () -> nowUs, 2);

    @BeforeEach
    void start() {
        outbox.start();
    }

    @AfterEach
    void close() {
        outbox.close();
    }

    private static SessionRecord opened(String serial, long atUs) {
        return SessionRecord.newBuilder()
                .setSerial(serial)
                .setSessionId("session-" + serial)
                .setStation("s")
                .setOpened(SessionOpened.newBuilder().setAtUs(atUs))
                .build();
    }

    private static SessionRecord closed(String serial, long heardUs) {
        return opened(serial, 0).toBuilder()
                .setClosed(SessionClosed.newBuilder().setLastByteAtUs(heardUs).setReason("complete"))
                .build();
    }

    private static SessionRecord beat(long atUs) {
        return SessionRecord.newBuilder()
                .setStation("s")
                .setHeartbeat(StationHeartbeat.newBuilder().setAtUs(atUs).setUptimeUs(atUs))
                .build();
    }

    private List<SessionRecord> sent(int count) {
        await().until(() -> producer.history().size() >= count);
        List<SessionRecord> all =
                producer.history().stream().map(r -> parsed(r.value())).toList();
        assertThat(all).hasSize(count);
        return all;
    }

    private static SessionRecord parsed(byte[] value) {
        try {
            return SessionRecord.parseFrom(value);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aHeartbeatIsSentOnceAllBeforeItIsAcknowledgedWhateverCameSince() {
        dispatch.session(opened("A", 10));
        dispatch.heartbeat(beat(20));
        dispatch.session(opened("B", 30));
        sent(2);
        producer.completeNext();
        assertThat(sent(3).getLast().getHeartbeat().getAtUs()).isEqualTo(20);
    }

    @Test
    void aRecordThatIsLostIsToldAsProgressedAndClosedBeforeTheNextHeartbeat() {
        dispatch.session(closed("A", 10));
        sent(1);
        dispatch.heartbeat(beat(20));
        producer.errorNext(new KafkaException("no"));
        assertThat(dispatch.untold()).isEqualTo(1);
        dispatch.heartbeat(beat(40));
        List<SessionRecord> again = sent(3);
        assertThat(again.get(1).getProgressed().getLastByteAtUs()).isEqualTo(10);
        assertThat(again.get(1).getSessionId()).isEqualTo("session-A");
        assertThat(again.get(2).getClosed().getReason()).isEqualTo("complete");
        producer.completeNext();
        producer.errorNext(new KafkaException("no"));
        dispatch.heartbeat(beat(60));
        sent(5);
        producer.completeNext();
        assertThat(producer.history()).hasSize(5);
        producer.completeNext();
        assertThat(sent(6).getLast().getHeartbeat().getAtUs()).isEqualTo(60);
        assertThat(dispatch.untold()).isZero();
    }

    @Test
    void aNewerRecordOfTheUnitStandsForTheLostOne() {
        dispatch.session(opened("A", 10));
        dispatch.session(closed("A", 15));
        sent(2);
        producer.errorNext(new KafkaException("no"));
        producer.completeNext();
        dispatch.heartbeat(beat(20));
        assertThat(sent(3).getLast().hasHeartbeat()).isTrue();
    }

    @Test
    void whoIsBeingIdentifiedLowersTheClaimAndTheUptimeWithIt() {
        nowUs = 1_000;
        assertThat(dispatch.identifying("session-A")).isEqualTo(1_000);
        dispatch.heartbeat(beat(2_000));
        StationHeartbeat lowered = sent(1).getLast().getHeartbeat();
        assertThat(lowered.getAtUs()).isEqualTo(999);
        assertThat(lowered.getUptimeUs()).isEqualTo(999);
        dispatch.session(opened("A", 1_000));
        dispatch.heartbeat(beat(3_000));
        sent(2);
        producer.completeNext();
        producer.completeNext();
        assertThat(sent(3).getLast().getHeartbeat().getAtUs()).isEqualTo(3_000);
    }

    @Test
    void whoIsHeardInTheMicrosecondOfWhichAHeartbeatSpeaksIsHeardAfterIt() {
        nowUs = 1_000;
        dispatch.heartbeat(beat(1_000));
        assertThat(dispatch.identifying("session-A")).isEqualTo(1_001);
        nowUs = 1_002;
        assertThat(dispatch.identifying("session-B")).isEqualTo(1_002);
    }

    @Test
    void aWhitelistThatNeverAnswersHoldsTheClaimForFiveSecondsOnly() {
        dispatch.identifying("session-A");
        dispatch.heartbeat(beat(nowUs + 6_000_000));
        assertThat(sent(1).getLast().getHeartbeat().getAtUs()).isEqualTo(nowUs + 6_000_000);
    }

    @Test
    void unitsBeyondTheBoundAreToldAsAGap() throws InterruptedException {
        for (String serial : List.of("A", "B", "C", "D")) {
            dispatch.session(opened(serial, 10 + serial.charAt(0)));
        }
        sent(4);
        while (producer.errorNext(new KafkaException("no"))) {
            // each of them
        }
        assertThat(dispatch.untold()).isEqualTo(2);
        dispatch.heartbeat(beat(200));
        sent(6);
        assertThat(dispatch.last(beat(300), Duration.ofMillis(50))).isFalse();
        producer.completeNext();
        producer.completeNext();
        StationHeartbeat said = sent(7).getLast().getHeartbeat();
        assertThat(said.getGapFromUs()).isEqualTo(10 + 'C');
        assertThat(said.getGapToUs()).isEqualTo(10 + 'D');
        assertThat(dispatch.last(beat(400), Duration.ofSeconds(5))).isTrue();
    }

    @Test
    void aSecondGapSoonAfterTheFirstHidesItNotAndALaterOneTakesItsPlace() {
        Untold untold = new Untold(1);
        gap(untold, 10);
        gap(untold, 30);
        assertThat(List.of(untold.gapFromUs(), untold.gapToUs())).containsExactly(11L, 31L);
        for (int beats = 0; beats < 5; beats++) {
            untold.gapSaid();
        }
        gap(untold, 50);
        assertThat(List.of(untold.gapFromUs(), untold.gapToUs())).containsExactly(51L, 51L);
    }

    /** One unit is kept and told, and another one forgotten. */
    private static void gap(Untold untold, long at) {
        untold.keep(opened("A", at));
        untold.keep(opened("B", at + 1));
        untold.told("A", at);
    }

    @Test
    void whenNothingCouldBeAcceptedIsSaidWhileItLastsAndAfterwards() {
        nowhere = true;
        nowUs = 50_000_000;
        dispatch.look();
        dispatch.heartbeat(beat(60_000_000));
        assertThat(shut(sent(1))).containsExactly("50..60");
        nowhere = false;
        nowUs = 70_000_000;
        dispatch.heartbeat(beat(72_000_000));
        assertThat(shut(sent(2))).containsExactly("50..70");
        shutFrom(75, 77);
        dispatch.heartbeat(beat(78_000_000));
        assertThat(shut(sent(3))).as("less than 10 s apart").containsExactly("50..77");
        shutFrom(90, 95);
        dispatch.heartbeat(beat(96_000_000));
        assertThat(shut(sent(4))).containsExactly("50..77", "90..95");
        for (int i = 0; i < 31; i++) {
            shutFrom(200 + 100 * i, 250 + 100 * i);
        }
        dispatch.heartbeat(beat(9_000_000_000L));
        assertThat(shut(sent(5))).hasSize(32).startsWith("50..95", "200..250").endsWith("3200..3250");
    }

    private void shutFrom(long from, long to) {
        nowhere = true;
        nowUs = from * 1_000_000;
        dispatch.look();
        nowhere = false;
        nowUs = to * 1_000_000;
        dispatch.look();
    }

    private static List<String> shut(List<SessionRecord> sent) {
        return sent.getLast().getHeartbeat().getShutList().stream()
                .map(stretch -> stretch.getFromUs() / 1_000_000 + ".." + stretch.getToUs() / 1_000_000)
                .toList();
    }
}
