package identicom.fleetservice.presence;

import static org.assertj.core.api.Assertions.assertThat;

import identicom.schema.v1.SessionClosed;
import identicom.schema.v1.SessionOpened;
import identicom.schema.v1.SessionProgressed;
import identicom.schema.v1.SessionRecord;
import identicom.schema.v1.StationHeartbeat;
import org.junit.jupiter.api.Test;

class SessionBatchTest {
    private final SessionBatch batch = new SessionBatch();
    private long offset;

    @Test
    void theSessionOpenedLastCountsWhateverItsClockSays() {
        add(opened("A", 2_000));
        add(opened("B", 1_000));
        add(closed("A", 9_000));
        assertThat(batch.opened()).singleElement().satisfies(session -> {
            assertThat(session.id()).isEqualTo("B");
            assertThat(session.closed()).isFalse();
        });
        assertThat(batch.touched()).isEmpty();
    }

    @Test
    void aSessionOpenedAndClosedInOneBatchIsClosed() {
        add(opened("A", 1_000));
        add(progressed("A", 3_000));
        add(closed("A", 2_000));
        assertThat(batch.opened()).singleElement().satisfies(session -> {
            assertThat(session.closed()).isTrue();
            assertThat(session.heardAtUs()).isEqualTo(3_000);
        });
    }

    @Test
    void whatIsSaidOfAnEarlierSessionIsKeptApart() {
        add(progressed("A", 1_000));
        add(closed("A", 2_000));
        add(opened("B", 3_000));
        assertThat(batch.touched()).singleElement().satisfies(session -> {
            assertThat(session.id()).isEqualTo("A");
            assertThat(session.closed()).isTrue();
        });
        assertThat(batch.opened())
                .singleElement()
                .satisfies(session -> assertThat(session.id()).isEqualTo("B"));
    }

    @Test
    void aStationsHeartbeatsBecomeOne() {
        add(heartbeat(1, 10));
        add(heartbeat(2, 30));
        add(heartbeat(1, 20));
        assertThat(batch.stations()).containsExactly(new SessionBatch.Station("st", 2, 30, false, false, 0));
    }

    private void add(SessionRecord record) {
        batch.add(record, offset++);
    }

    private static SessionRecord.Builder record(String id) {
        return SessionRecord.newBuilder().setSerial("S").setSessionId(id).setStation("st");
    }

    private static SessionRecord opened(String id, long at) {
        return record(id).setOpened(SessionOpened.newBuilder().setAtUs(at)).build();
    }

    private static SessionRecord progressed(String id, long at) {
        return record(id)
                .setProgressed(SessionProgressed.newBuilder().setLastByteAtUs(at))
                .build();
    }

    private static SessionRecord closed(String id, long at) {
        return record(id)
                .setClosed(SessionClosed.newBuilder().setLastByteAtUs(at))
                .build();
    }

    private static SessionRecord heartbeat(long startedAt, long at) {
        return SessionRecord.newBuilder()
                .setStation("st")
                .setHeartbeat(
                        StationHeartbeat.newBuilder().setStartedAtUs(startedAt).setAtUs(at))
                .build();
    }
}
