package identicom.alertservice.canary;

import static org.assertj.core.api.Assertions.assertThat;

import identicom.alertservice.CanaryVoice;
import identicom.alertservice.Events;
import identicom.alertservice.store.AlertFollower;
import identicom.alertservice.store.StoreFixture;
import identicom.alertservice.view.AlertJson;
import identicom.alertservice.view.AlertView;
import identicom.alertservice.view.CanaryUnit;
import identicom.alertservice.view.CanaryView;
import identicom.runtime.process.Metrics;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CanaryTest extends StoreFixture {

    private static final CanaryUnit UNIT = new CanaryUnit("CANARY");
    private static final CanarySettings SETTINGS = new CanarySettings(UNIT, Duration.ofMinutes(1), "", null);

    private final AtomicInteger asked = new AtomicInteger();
    private volatile boolean anybody;
    private Canary canary;

    @Override
    protected List<AlertFollower> followers() {
        return List.of(new CanaryMark(UNIT));
    }

    @BeforeEach
    void build() {
        CanaryVoice voice = new CanaryVoice(incidents, clock);
        canary = new Canary(
                SETTINGS, transactions, changes, clock, voice, tx -> anybodyThere(), new Metrics(), () -> {});
        canary.start();
    }

    @AfterEach
    void end() {
        canary.close();
    }

    private boolean anybodyThere() {
        asked.incrementAndGet();
        return anybody;
    }

    private AlertView call() throws SQLException {
        store(Events.critical("CANARY", 1, Events.RED_ALERT, Events.NOON));
        return list.page(ANY, Long.MAX_VALUE, 1, true).alerts().getFirst();
    }

    private void awaitThrough(AlertView alert) throws SQLException {
        SOON.untilAsserted(
                () -> assertThat(list.one(alert.id()).orElseThrow().state()).isEqualTo("closed"));
        assertThat(database.column("select last_at is not null from alerts.canary"))
                .containsExactly("t");
    }

    @Test
    void withoutScreensItIsThroughWhenItStandsInTheStream() throws SQLException {
        AlertView alert = call();
        canary.reached(alert, Instant.now());
        awaitThrough(alert);
    }

    @Test
    void withScreensItIsThroughWhenOneOfThemWasTold() throws SQLException {
        anybody = true;
        AlertView alert = call();
        canary.reached(alert, Instant.now());
        SOON.until(() -> asked.get() > 1);
        assertThat(list.one(alert.id()).orElseThrow().state()).isEqualTo("open");
        canary.written("heartbeat", "{}");
        canary.written("canary", AlertJson.write(CanaryView.of(alert, Instant.now())));
        awaitThrough(alert);
    }
}
