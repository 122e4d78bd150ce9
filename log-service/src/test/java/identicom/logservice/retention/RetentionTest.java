package identicom.logservice.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.InvalidProtocolBufferException;
import identicom.logservice.audit.Trail;
import identicom.runtime.process.Health;
import identicom.runtime.process.Metrics;
import identicom.schema.DatabaseSchema;
import identicom.schema.v1.AuditEntry;
import identicom.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a real PostgreSQL and with the rights of the service. */
class RetentionTest {
    private static final YearMonth THIS_MONTH = YearMonth.now(ZoneOffset.UTC);
    private static final YearMonth OLD = THIS_MONTH.minusMonths(30);
    private static final YearMonth KEPT = THIS_MONTH.minusMonths(24);
    private static final KeptMonths TWO_YEARS = new KeptMonths(24, 24, 24);
    private static final Trail.Actor ADMIN = new Trail.Actor("admin", "administrator", "10.0.0.1");

    private final Metrics metrics = new Metrics();
    private final Trail trail = new Trail(() -> {}, Clock.systemUTC());
    private TestDatabase database;
    private Holds holds;

    @BeforeEach
    void open() throws Exception {
        database = TestDatabase.fresh(DatabaseSchema.EVENT_LOG);
        holds = new Holds(database.service(), trail);
        for (int months = 31; months > 12; months--) {
            database.execute("select event_log.make_month(date '" + THIS_MONTH.minusMonths(months) + "-01')");
        }
    }

    @AfterEach
    void close() {
        metrics.close();
        database.close();
    }

    private ErasedEvents erase(KeptMonths kept) throws SQLException {
        try (Retention retention =
                new Retention(database.service(), kept, trail, Clock.systemUTC(), new Health(), metrics, 2)) {
            return retention.erase();
        }
    }

    private static Instant in(YearMonth month) {
        return month.atDay(15).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private void event(String serial, String eventClass, Instant time) throws SQLException {
        event(serial, eventClass, time, true, time.plusSeconds(2));
    }

    private void event(String serial, String eventClass, Instant time, boolean clockSet, Instant acceptedAt)
            throws SQLException {
        database.execute(String.format(
                "insert into event_log.event (identity, event_time, serial, log_id, sequence, type_code, type_name, class,"
                        + " flags, clock_set, late, software_version, raw, session_id, station, source_address, accepted_at,"
                        + " decoded_at, trust) values (sha256(random()::text::bytea), '%s', '%s', 7, 1, 32, 'status check',"
                        + " '%s', 1, %s, false, '1.4.2', decode(repeat('00', 20), 'hex'), 's', 'station-1', '10.1.2.3:4',"
                        + " '%s', '%s', 'whitelisted')",
                time, serial, eventClass, clockSet, acceptedAt, acceptedAt));
    }

    private List<String> left() throws SQLException {
        return database.column("select serial || ' ' || class from event_log.event order by stored_id");
    }

    private boolean hasPartition(YearMonth month) throws SQLException {
        String name = String.format("event_log.event_%d_%02d", month.getYear(), month.getMonthValue());
        return database.column("select to_regclass('" + name + "')").getFirst() != null;
    }

    private List<AuditEntry> told() throws Exception {
        List<AuditEntry> entries = new ArrayList<>();
        for (String value : database.column("select encode(value, 'hex') from event_log.outbox order by id")) {
            entries.add(parse(value));
        }
        return entries;
    }

    private static AuditEntry parse(String hex) throws InvalidProtocolBufferException {
        return AuditEntry.parseFrom(HexFormat.of().parseHex(hex));
    }

    @Test
    void aMonthThatIsPastIsDroppedWholeAndTheAuditTrailHearsOfIt() throws Exception {
        event("MAN-1", "critical", in(OLD));
        event("MAN-2", "high", in(OLD));
        event("MAN-1", "routine", in(OLD));
        event("MAN-2", "routine", in(OLD));
        event("MAN-1", "routine", in(KEPT));
        assertThat(erase(TWO_YEARS)).isEqualTo(new ErasedEvents(1, 1, 2));
        assertThat(hasPartition(OLD)).isFalse();
        assertThat(hasPartition(KEPT)).isTrue();
        assertThat(left()).containsExactly("MAN-1 routine");
        assertThat(told())
                .filteredOn(entry -> entry.getObject().equals(OLD.toString()))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.getAction()).isEqualTo("events.erase");
                    assertThat(entry.getWho()).isEqualTo("system");
                    assertThat(entry.getDetailMap())
                            .containsEntry("how", "dropped")
                            .containsEntry("routine", "2")
                            .containsEntry("kept", "critical 24 months, high 24 months, routine 24 months");
                });
        assertThat(metrics.scrape())
                .contains("identicom_log_events_erased_total{class=\"routine\"} 2.0")
                .contains("identicom_log_events_erased_total{class=\"critical\"} 1.0");
        assertThat(erase(TWO_YEARS)).isEqualTo(ErasedEvents.NONE);
    }

    @Test
    void withoutMonthsNothingIsErased() throws Exception {
        event("MAN-1", "routine", in(OLD));
        assertThat(erase(new KeptMonths(0, 0, 0))).isEqualTo(ErasedEvents.NONE);
        assertThat(left()).containsExactly("MAN-1 routine");
    }

    @Test
    void eachClassGoesWhenItsOwnMonthsAreOver() throws Exception {
        for (int i = 0; i < 3; i++) {
            event("MAN-1", "critical", in(OLD));
            event("MAN-1", "routine", in(OLD));
        }
        event("MAN-2", "high", in(OLD));
        event("MAN-2", "high", in(KEPT));
        event("MAN-3", "routine", in(THIS_MONTH.minusMonths(4)));
        event("MAN-4", "routine", in(THIS_MONTH.minusMonths(3)));
        assertThat(erase(new KeptMonths(0, 24, 3))).isEqualTo(new ErasedEvents(0, 1, 4));
        assertThat(left())
                .containsExactly("MAN-1 critical", "MAN-1 critical", "MAN-1 critical", "MAN-2 high", "MAN-4 routine");
        assertThat(told()).allMatch(entry -> entry.getDetailOrThrow("how").equals("rows"));
    }

    @Test
    void whatWasAcceptedWhileItCanStillComeAgainStaysHoweverOldItSaysItIs() throws Exception {
        event("LATE", "routine", in(OLD), true, Instant.now().minus(Duration.ofDays(61)));
        event("LATER", "routine", in(OLD), true, Instant.now().minus(Duration.ofDays(63)));
        event("MAN-1", "routine", in(OLD));
        assertThat(erase(TWO_YEARS).routine()).isEqualTo(2);
        assertThat(left()).containsExactly("LATE routine");
    }

    @Test
    void aClockThatIsNotToBeBelievedDoesNotCount() throws Exception {
        event("NOT-SET", "routine", in(OLD), false, in(KEPT));
        event("UNSET", "routine", in(OLD), false, in(OLD));
        event("WILD", "routine", Instant.EPOCH, true, in(KEPT));
        event("WILD-OLD", "routine", Instant.EPOCH, true, in(OLD));
        event("AHEAD", "routine", Instant.parse("2090-01-01T00:00:00Z"), true, in(OLD));
        assertThat(erase(TWO_YEARS).routine()).isEqualTo(3);
        assertThat(left()).containsExactly("NOT-SET routine", "WILD routine");
    }

    @Test
    void whatIsHeldStaysUntilTheHoldIsLifted() throws Exception {
        YearMonth before = OLD.minusMonths(1);
        event("MAN-1", "routine", in(before));
        event("MAN-2", "routine", in(before));
        event("MAN-1", "routine", in(OLD));
        event("MAN-2", "routine", in(OLD));
        Instant turn = OLD.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        holds.set("unit", new Hold.Wanted("MAN-1", null, turn, "an accident"), ADMIN);
        holds.set("time", new Hold.Wanted(null, in(OLD), in(OLD).plusSeconds(1), "an audit"), ADMIN);
        assertThat(erase(TWO_YEARS).routine()).isEqualTo(1);
        assertThat(left()).containsExactly("MAN-1 routine", "MAN-1 routine", "MAN-2 routine");
        holds.lift("time", "done", ADMIN);
        assertThat(erase(TWO_YEARS).routine()).isEqualTo(2);
        assertThat(left()).containsExactly("MAN-1 routine");
        holds.lift("unit", "done", ADMIN);
        assertThat(erase(TWO_YEARS).routine()).isEqualTo(1);
        assertThat(hasPartition(before)).isFalse();
    }

    @Test
    void aHoldThatIsSetWhileAMonthIsReadKeepsItFromBeingDropped() throws Exception {
        event("MAN-1", "routine", in(OLD));
        KeptMonths.Past past = TWO_YEARS.past(Instant.now());
        try (Connection connection = database.service().getConnection()) {
            PastEvents.Reading reading = PastEvents.read(connection, OLD, past);
            assertThat(reading.kept()).isZero();
            holds.set("late", new Hold.Wanted("MAN-1", null, null, "an accident"), ADMIN);
            assertThat(PastEvents.drop(connection, OLD, reading, past)).isFalse();
            holds.lift("late", "done", ADMIN);
            PastEvents.Reading again = PastEvents.read(connection, OLD, past);
            event("MAN-2", "routine", in(OLD), true, Instant.now());
            assertThat(PastEvents.drop(connection, OLD, again, past)).isFalse();
        }
        assertThat(left()).containsExactly("MAN-1 routine", "MAN-2 routine");
    }

    @Test
    void theDatabaseItselfRefusesToEraseWhatIsTooYoung() throws Exception {
        Instant young = Instant.now().minus(KeptMonths.FORGETTABLE_AFTER).plusSeconds(60);
        KeptMonths.Past past = new KeptMonths.Past(young, young, young);
        try (Connection connection = database.service().getConnection()) {
            assertThatThrownBy(() -> PastEvents.eraseRows(connection, null, 0, 10, past))
                    .hasMessageContaining("what is younger can be delivered again");
            assertThatThrownBy(() ->
                            PastEvents.drop(connection, OLD, new PastEvents.Reading(0, ErasedEvents.NONE, 0, 0), past))
                    .hasMessageContaining("what is younger can be delivered again");
        }
    }

    @Test
    void oneInstanceAtATimeErases() throws Exception {
        event("MAN-1", "routine", in(OLD));
        try (Connection other = database.service().getConnection();
                var lock = other.createStatement()) {
            lock.execute("select pg_advisory_lock(hashtextextended('event_log.retention', 0))");
            assertThat(erase(TWO_YEARS)).isEqualTo(ErasedEvents.NONE);
            lock.execute("select pg_advisory_unlock(hashtextextended('event_log.retention', 0))");
        }
        assertThat(erase(TWO_YEARS).routine()).isEqualTo(1);
    }

    @Test
    void theScheduledTurnErasesAtItsStart() throws Exception {
        event("MAN-1", "routine", in(OLD));
        try (Retention retention =
                new Retention(database.service(), TWO_YEARS, trail, Clock.systemUTC(), new Health(), metrics)) {
            retention.start();
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(
                            () -> assertThat(metrics.scrape()).contains("identicom_log_retention_turns_total 1.0"));
        }
        assertThat(left()).isEmpty();
    }
}
