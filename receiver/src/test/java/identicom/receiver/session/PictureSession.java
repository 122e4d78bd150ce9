package identicom.receiver.session;

import identicom.wire.message.FromUnit;
import identicom.wire.message.PictureEntry;
import identicom.wire.message.ReadPicture;
import identicom.wire.message.ToUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** One session with a {@link PictureUnit} before a station that acknowledges at once; both can be told otherwise. */
final class PictureSession {
    static final long MAX_BYTES = 100_000;

    final Driver driver;
    final PictureUnit unit;
    /** What all stations know of pictures, from session to session. */
    final Map<PictureEntry, PicturePosition> book;

    final List<ToUnit> requests = new ArrayList<>();
    final List<Effect.PublishPicture> published = new ArrayList<>();
    final List<PicturePosition> saved = new ArrayList<>();
    final List<PictureEntry> forgotten = new ArrayList<>();
    final List<PictureOutcome> outcomes = new ArrayList<>();
    final List<Effect> owed = new ArrayList<>();
    /** Which records main acknowledges at once. */
    Predicate<Effect> acknowledging = record -> true;
    /** What really comes of a unit's answer; null: nothing, the line is dead. */
    BiFunction<ToUnit, FromUnit, @Nullable FromUnit> line = (request, answer) -> answer;

    private final Deque<Effect> ahead = new ArrayDeque<>();

    PictureSession(PictureUnit unit) {
        this(unit, new HashMap<>());
    }

    PictureSession(PictureUnit unit, Map<PictureEntry, PicturePosition> book) {
        this.unit = unit;
        this.book = book;
        this.driver = new Driver(Units.rules(), PictureRules.standard(MAX_BYTES));
    }

    /** From the beginning on, as far as it goes by itself. */
    PictureSession run() {
        return run(Verdict.whitelisted(Long.MAX_VALUE));
    }

    PictureSession run(Verdict verdict) {
        driver.got(Units.UNIT);
        return input(new Input.Judged(verdict));
    }

    PictureSession input(Input input) {
        take(input);
        while (!ahead.isEmpty()) {
            apply(ahead.remove());
        }
        return this;
    }

    PictureSession got(FromUnit message) {
        return input(new Input.Received(message, Units.NOW));
    }

    /** Main acknowledges everything that it did not yet. */
    PictureSession acknowledgeOwed() {
        List<Effect> now = List.copyOf(owed);
        owed.clear();
        now.forEach(this::acknowledge);
        return input(new Input.OutboxFull()); // of no meaning here: it lets everything go on
    }

    PictureSession loseOwed() {
        List<Effect> now = List.copyOf(owed);
        owed.clear();
        now.forEach(effect -> input(new Input.Lost(number(effect))));
        return this;
    }

    private void take(Input input) {
        driver.input(input);
        ahead.addAll(driver.last);
    }

    private void apply(Effect effect) {
        switch (effect) {
            case Effect.PublishPicture e -> {
                published.add(e);
                settle(e);
            }
            case Effect.SaveProgress e -> {
                saved.add(e.position());
                settle(e);
            }
            case Effect.Publish e ->
                LongStream.range(0, e.entries().size()).forEach(i -> take(new Input.Acknowledged(e.firstNumber() + i)));
            case Effect.ForgetProgress e -> {
                forgotten.add(e.picture());
                book.remove(e.picture());
            }
            case Effect.Recall e ->
                take(new Input.Recalled(e.pictures().stream()
                        .map(picture -> book.getOrDefault(picture, PicturePosition.start(picture)))
                        .toList()));
            case Effect.Noted e -> outcomes.add(e.outcome());
            case Effect.Send e -> {
                requests.add(e.message());
                FromUnit answer = line.apply(e.message(), unit.answer(e.message()));
                if (answer != null) {
                    take(new Input.Received(answer, Units.NOW));
                }
            }
            default -> {}
        }
    }

    private void settle(Effect record) {
        if (acknowledging.test(record)) {
            acknowledge(record);
        } else {
            owed.add(record);
        }
    }

    private void acknowledge(Effect record) {
        if (record instanceof Effect.SaveProgress(long number, PicturePosition position)) {
            book.put(position.picture(), position);
        }
        take(new Input.Acknowledged(number(record)));
    }

    private static long number(Effect record) {
        return switch (record) {
            case Effect.PublishPicture e -> e.number();
            case Effect.SaveProgress e -> e.number();
            default -> throw new AssertionError("no number in " + record);
        };
    }

    <T extends ToUnit> List<T> requests(Class<T> type) {
        return requests.stream().filter(type::isInstance).map(type::cast).toList();
    }

    List<Long> offsets() {
        return requests(ReadPicture.class).stream().map(ReadPicture::offset).toList();
    }

    EndReason reason() {
        return switch (driver.state) {
            case SessionState.Lingering(Served served, EndReason reason) -> reason;
            case SessionState.Closed(EndReason reason) -> reason;
            default -> throw new AssertionError("not at its end: " + driver.state);
        };
    }
}
