package identicom.alertservice.canary;

import identicom.alertservice.canary.CanaryTable.Known;
import identicom.alertservice.store.ChangeLog;
import identicom.alertservice.store.DatabaseClock;
import identicom.alertservice.store.SystemClosing;
import identicom.alertservice.store.Transactions;
import identicom.alertservice.timer.Repeating;
import identicom.alertservice.view.AlertView;
import identicom.runtime.http.Api;
import identicom.runtime.http.Request;
import identicom.runtime.http.Response;
import identicom.runtime.process.Metrics;
import identicom.runtime.process.Stack;
import io.micrometer.core.instrument.Timer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Follows the canary's alerts to the screens' stream, closes them, and tells when none comes through. */
public final class Canary implements AutoCloseable {

    /** Whether anybody has a live stream of alerts, at any instance. */
    @FunctionalInterface
    public interface Screens {
        boolean any(Connection tx) throws SQLException;
    }

    private final Stack running = new Stack();
    private final CanarySettings settings;
    private final CanaryWatch watch;
    private final Timer latency;
    private final Runnable committed;
    private final Arrivals arrivals = new Arrivals();
    private final Transactions transactions;
    private final Screens screens;
    private final Repeating closing;
    private final Repeating looking;
    private final @Nullable Watchdog watchdog;
    private final Repeating asking;
    private final Semaphore toAsk = new Semaphore(0);

    /** @param committed called after something was changed */
    public Canary(
            CanarySettings settings,
            Transactions transactions,
            ChangeLog changes,
            DatabaseClock clock,
            CanaryCalls calls,
            Screens screens,
            Metrics metrics,
            Runnable committed) {
        this.settings = settings;
        this.transactions = transactions;
        this.screens = screens;
        this.committed = committed;
        this.watch = new CanaryWatch(settings, transactions, clock, new SystemClosing(changes), calls);
        this.watchdog = settings.watchdog() == null ? null : new Watchdog(settings.watchdog());
        this.latency = Timer.builder("identicom.canary.latency")
                .description("From the station's acceptance of a test alarm to the screens' stream")
                .publishPercentileHistogram()
                .register(metrics.registry());
        this.closing = new Repeating("alerts-canary", Duration.ofSeconds(1), this::closeSeen);
        this.looking = new Repeating("alerts-canary-look", Duration.ofSeconds(1), this::look);
        this.asking = new Repeating("alerts-canary-watchdog", Duration.ofSeconds(1), this::ask);
    }

    public void start() {
        if (!settings.unit().configured()) {
            return;
        }
        closing.start();
        running.add("closing", closing);
        looking.start();
        running.add("looking", looking);
        Watchdog dog = watchdog;
        if (dog != null) {
            running.add("watchdog", dog);
            asking.start();
            running.add("asking", asking);
        }
    }

    /** One of its alerts stands in the stream of this instance. Never blocks. */
    public void reached(AlertView alert, Instant at) {
        arrivals.reached(alert, at);
        closing.wake();
    }

    /** Hears of every frame that was written to a screen's connection. Never blocks. */
    public void written(String event, String data) {
        if (event.equals("canary") && settings.unit().configured()) {
            arrivals.written(data, Instant.now());
            closing.wake();
        }
    }

    private void closeSeen() throws SQLException {
        for (Arrivals.Arrival one : arrivals.written()) {
            came(watch.reached(one.alert(), one.at()));
            arrivals.done(one);
        }
        List<Arrivals.Arrival> unwritten = arrivals.unwritten();
        if (unwritten.isEmpty()) {
            return;
        }
        boolean nobody = !transactions.run(screens::any);
        for (Arrivals.Arrival one : unwritten) {
            if (nobody) {
                came(watch.reached(one.alert(), one.at()));
                arrivals.done(one);
            } else if (one.tooLate()) {
                watch.reachedNobody(one.alert());
                committed.run();
                arrivals.done(one);
            }
        }
    }

    private void came(Optional<CanaryWatch.Through> through) throws SQLException {
        committed.run();
        if (through.isEmpty()) {
            return;
        }
        latency.record(through.get().latency());
        if (watchdog != null && watch.ok()) {
            toAsk.release();
            asking.wake();
        }
    }

    private void look() throws SQLException {
        if (watch.look()) {
            committed.run();
        }
    }

    private void ask() throws InterruptedException {
        Watchdog dog = watchdog;
        if (dog != null && toAsk.drainPermits() > 0) {
            dog.ask();
        }
    }

    public List<Api> apis() {
        return List.of(new Api("canary").bind("getCanary", this::get));
    }

    private void get(Request request, Response response) throws SQLException {
        Map<String, Object> answer = new LinkedHashMap<>();
        boolean configured = settings.unit().configured();
        Known known = watch.known();
        Duration took = known.latency();
        answer.put("serial", configured ? settings.unit().serial() : null);
        answer.put("lastAt", configured ? known.lastAt() : null);
        answer.put("latencySeconds", configured && took != null ? took.toMillis() / 1000d : null);
        answer.put("ok", configured ? watch.ok(known, watch.now()) : null);
        answer.put("textsGetOut", configured ? watch.textsGetOut(known) : null);
        response.json(200, answer);
    }

    @Override
    public void close() {
        running.close();
    }
}
