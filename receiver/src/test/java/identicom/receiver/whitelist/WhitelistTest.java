package identicom.receiver.whitelist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import identicom.receiver.metrics.ReceiverMetrics;
import identicom.receiver.session.Verdict;
import identicom.schema.v1.UnitRecord;
import identicom.schema.v1.UnitState;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WhitelistTest {
    private static final long DAY_US = Duration.ofHours(24).toNanos() / 1_000;
    private static final int PER_SECOND = 200;
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    private final Map<String, Known> database = new ConcurrentHashMap<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicLong nowUs = new AtomicLong(1_700_000_000_000_000L);
    private final List<String> decommissioned = new ArrayList<>();
    private volatile boolean databaseAway;
    private volatile boolean current = true;
    private final List<Whitelist> open = new ArrayList<>();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @AfterEach
    void close() {
        open.forEach(Whitelist::close);
    }

    private Whitelist whitelist() {
        return whitelist(LONG, LONG, this::find);
    }

    private Whitelist whitelist(Duration lookupLimit, Duration refusedFor, UnitLookup lookup) {
        return whitelist(lookupLimit, refusedFor, lookup, PER_SECOND, System::nanoTime);
    }

    private Whitelist whitelist(
            Duration lookupLimit, Duration refusedFor, UnitLookup lookup, int perSecond, LongSupplier nanoTime) {
        Whitelist whitelist = new Whitelist(
                new WhitelistSettings(
                        1_000, lookupLimit, perSecond, refusedFor, Duration.ofHours(24), Duration.ofSeconds(1)),
                new LookupThreads(lookup, lookupLimit),
                folder.resolve("whitelist"),
                () -> current,
                new ReceiverMetrics(registry),
                nowUs::get,
                nanoTime);
        whitelist.onDecommissioned(decommissioned::add);
        whitelist.load();
        open.add(whitelist);
        return whitelist;
    }

    private Optional<Known> find(String serial) throws SQLException {
        asked.incrementAndGet();
        if (databaseAway) {
            throw new SQLException("away");
        }
        return Optional.ofNullable(database.get(serial));
    }

    private static Verdict judged(Whitelist whitelist, String serial) {
        CompletableFuture<Verdict> verdict = new CompletableFuture<>();
        whitelist.judge(serial, verdict::complete);
        return verdict.orTimeout(60, java.util.concurrent.TimeUnit.SECONDS).join();
    }

    private static ConsumerRecord<byte[], byte[]> record(String serial, long version, UnitState state) {
        byte[] value = UnitRecord.newBuilder()
                .setSerial(serial)
                .setVersion(version)
                .setState(state)
                .build()
                .toByteArray();
        return new ConsumerRecord<>("identicom.units", 0, 0, serial.getBytes(StandardCharsets.UTF_8), value);
    }

    @Test
    void aFollowedUnitIsWhitelistedWithoutAnyQuestion() {
        Whitelist whitelist = whitelist();
        whitelist.apply(record("A-1", 1, UnitState.COMMISSIONED));
        assertThat(judged(whitelist, "A-1")).isEqualTo(Verdict.whitelisted(nowUs.get() + DAY_US));
        assertThat(asked).hasValue(0);
    }

    @Test
    void anUnknownSerialIsLookedUpAndItsRefusalRemembered() {
        Whitelist whitelist = whitelist();
        assertThat(judged(whitelist, "X-1")).isEqualTo(Verdict.UNREGISTERED);
        assertThat(judged(whitelist, "X-1")).isEqualTo(Verdict.UNREGISTERED);
        assertThat(asked).hasValue(1);
    }

    @Test
    void aRefusalIsForgottenAfterAWhile() {
        Whitelist whitelist = whitelist(LONG, SHORT, this::find);
        assertThat(judged(whitelist, "X-1")).isEqualTo(Verdict.UNREGISTERED);
        database.put("X-1", new Known(1, true));
        await().until(() -> judged(whitelist, "X-1").whitelisted());
    }

    private double hits(String where) {
        return registry.get("identicom.receiver.whitelist.hits")
                .tag("where", where)
                .counter()
                .count();
    }

    @Test
    void whoAnsweredIsCounted() {
        Whitelist whitelist = whitelist();
        whitelist.apply(record("A-1", 1, UnitState.COMMISSIONED));
        judged(whitelist, "A-1");
        judged(whitelist, "A-1");
        judged(whitelist, "X-1");
        judged(whitelist, "X-1");
        assertThat(hits("list")).isEqualTo(2);
        assertThat(hits("refusals")).isEqualTo(1);
        assertThat(registry.get("identicom.receiver.whitelist.misses").counter().count())
                .isEqualTo(1);
    }

    private double ageSeconds() {
        return registry.get("identicom.receiver.whitelist.age").gauge().value();
    }

    @Test
    void theListGrowsOldWhileNobodySaysThatItIsRight() {
        current = false;
        whitelist();
        assertThat(ageSeconds()).isNaN();
        current = true;
        assertThat(ageSeconds()).isZero();
        current = false;
        nowUs.addAndGet(90_000_000);
        assertThat(ageSeconds()).isEqualTo(90);
        nowUs.addAndGet(-200_000_000);
        assertThat(ageSeconds()).isZero();
    }

    @Test
    void aUnitCommissionedJustNowIsServedAtOnce() {
        database.put("A-1", new Known(1, true));
        Verdict verdict = judged(whitelist(), "A-1");
        assertThat(verdict.mayDelete(nowUs.get())).isTrue();
    }

    @Test
    void aRecordEndsARefusal() {
        Whitelist whitelist = whitelist();
        assertThat(judged(whitelist, "A-1")).isEqualTo(Verdict.UNREGISTERED);
        whitelist.apply(record("A-1", 1, UnitState.COMMISSIONED));
        assertThat(judged(whitelist, "A-1").whitelisted()).isTrue();
    }

    @Test
    void aDecommissionedUnitIsServedNoLongerAndItsSessionIsTold() {
        Whitelist whitelist = whitelist();
        whitelist.apply(record("A-1", 1, UnitState.COMMISSIONED));
        whitelist.apply(record("A-1", 2, UnitState.DECOMMISSIONED));
        database.put("A-1", new Known(2, false));
        assertThat(judged(whitelist, "A-1")).isEqualTo(Verdict.UNREGISTERED);
        assertThat(decommissioned).containsExactly("A-1");
    }

    @Test
    void theHigherVersionWinsWhicheverComesFirst() {
        Whitelist whitelist = whitelist();
        whitelist.apply(record("A-1", 5, UnitState.DECOMMISSIONED));
        whitelist.apply(record("A-1", 4, UnitState.COMMISSIONED));
        database.put("A-1", new Known(4, true));
        assertThat(judged(whitelist, "A-1")).isEqualTo(Verdict.UNREGISTERED);
    }

    @Test
    void aFloodOfMadeUpSerialsBuysNothing() {
        Whitelist whitelist = whitelist(LONG, LONG, this::find, 20, () -> 0); // in one moment
        for (int i = 0; i < 200; i++) {
            assertThat(judged(whitelist, "X-" + i).refused()).isTrue();
        }
        assertThat(judged(whitelist, "X-999")).isEqualTo(Verdict.UNREGISTERED_UNASKED);
        assertThat(asked).hasValue(10);
    }

    @Test
    void whileNobodyCanBeAskedAnUnknownSerialIsUnverified() {
        databaseAway = true;
        assertThat(judged(whitelist(), "A-1")).isEqualTo(Verdict.UNVERIFIED);
    }

    @Test
    void aUnitKnownAsDecommissionedStaysSoWhileNobodyCanBeAsked() {
        databaseAway = true;
        Whitelist whitelist = whitelist();
        whitelist.apply(record("A-1", 1, UnitState.DECOMMISSIONED));
        assertThat(judged(whitelist, "A-1")).isEqualTo(Verdict.UNREGISTERED);
    }

    @Test
    void aDatabaseThatHangsIsWaitedForBriefly() {
        CountDownLatch never = new CountDownLatch(1);
        Whitelist whitelist = whitelist(SHORT, LONG, serial -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Optional.empty();
        });
        assertThat(judged(whitelist, "A-1")).isEqualTo(Verdict.UNVERIFIED);
    }

    @Test
    void theLastKnownListOutlivesTheProcessAndAgesOut() {
        Whitelist before = whitelist();
        before.apply(record("A-1", 3, UnitState.COMMISSIONED));
        before.apply(record("A-2", 4, UnitState.DECOMMISSIONED));
        before.save();
        long savedUs = nowUs.get();
        current = false;
        databaseAway = true;
        nowUs.addAndGet(DAY_US - 1);
        Whitelist after = whitelist();
        assertThat(judged(after, "A-1")).isEqualTo(Verdict.whitelisted(savedUs + DAY_US));
        assertThat(judged(after, "A-1").mayDelete(nowUs.get())).isTrue();
        assertThat(judged(after, "A-1").mayDelete(nowUs.get() + 1)).isFalse();
        assertThat(judged(after, "A-2")).isEqualTo(Verdict.UNREGISTERED);
        assertThat(judged(after, "A-3")).isEqualTo(Verdict.UNVERIFIED);
    }

    @Test
    void aListThatCannotBeReadIsLeftOut() throws Exception {
        Files.writeString(folder.resolve("whitelist"), "identicom-whitelist 1 1700000000000000 2\nA-1 1 1\n");
        databaseAway = true;
        assertThat(judged(whitelist(), "A-1")).isEqualTo(Verdict.UNVERIFIED);
    }
}
