package identicom.systemtests;

import identicom.simulator.raw.RawUnit;
import identicom.simulator.unit.Journal;
import identicom.simulator.unit.SimulatedUnit;
import identicom.systemtests.harness.RunningSystem;
import identicom.wire.fault.FaultException;
import identicom.wire.message.EventLog;
import identicom.wire.message.FromUnit;
import identicom.wire.message.ReadEventLog;
import identicom.wire.message.ToUnit;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;

/** One session of a unit over a raw socket, in which a test can step in before each answer. */
final class DialIn implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final Duration EMPTIED = Duration.ofSeconds(90);

    private final SimulatedUnit unit;
    private final RawUnit raw;
    private final List<ToUnit> requests = new ArrayList<>();
    /** The last sequence that an answer, not a pushed frame, has carried to the station. */
    private long handedOver;

    private DialIn(SimulatedUnit unit, RawUnit raw) {
        this.unit = unit;
        this.raw = raw;
    }

    /** Steps in before a request is answered. */
    @FunctionalInterface
    interface BeforeAnswer {
        void about(ToUnit request, DialIn session) throws Exception;
    }

    /** Dials, identifies, and pushes what is urgent in the same segment. */
    static DialIn of(SimulatedUnit unit, RunningSystem system, int pieces) throws IOException {
        DialIn session = new DialIn(unit, RawUnit.dial(system.units()).inPiecesOf(pieces));
        Optional<EventLog> push = unit.push();
        if (push.isPresent()) {
            session.raw.send(unit.identification(), push.get());
        } else {
            session.raw.send(unit.identification());
        }
        return session;
    }

    /** Dials in, and again while the station has not had everything, as a unit does; steps in before each answer. */
    static void untilEmpty(SimulatedUnit unit, RunningSystem system, int pieces, BeforeAnswer step) {
        Awaitility.await(unit.serial() + " is emptied").atMost(EMPTIED).until(() -> {
            try (DialIn session = of(unit, system, pieces)) {
                session.toItsEnd(step);
            }
            return unit.empty();
        });
    }

    /** Answers every request until the station ends the session. */
    DialIn toItsEnd(BeforeAnswer step) throws Exception {
        Optional<ToUnit> request = next();
        while (request.isPresent()) {
            step.about(request.get(), this);
            answer(request.get());
            request = next();
        }
        return this;
    }

    Optional<ToUnit> next() throws IOException, FaultException {
        Optional<ToUnit> request = raw.next(LIMIT);
        request.ifPresent(requests::add);
        return request;
    }

    void answer(ToUnit request) throws IOException {
        FromUnit answer = unit.answer(request).orElseThrow();
        if (answer instanceof EventLog log && !log.entries().isEmpty()) {
            handedOver = log.entries().getLast().sequence();
        }
        raw.send(answer);
    }

    /** Sends a frame unasked. */
    void push(EventLog pushed) throws IOException {
        raw.send(pushed);
    }

    RawUnit raw() {
        return raw;
    }

    long handedOver() {
        return handedOver;
    }

    List<ToUnit> requests() {
        return requests;
    }

    /** The reads, in order. */
    List<Long> readsAfter() {
        return requests.stream()
                .filter(ReadEventLog.class::isInstance)
                .map(request -> ((ReadEventLog) request).after())
                .toList();
    }

    Journal journal() {
        return unit.journal();
    }

    @Override
    public void close() throws IOException {
        raw.close();
    }
}
