package identicom.alertservice.notify.sms;

import identicom.alertservice.notify.Channel;
import identicom.alertservice.notify.Handed;
import identicom.alertservice.notify.Message;
import identicom.alertservice.notify.PhoneReplies;
import identicom.alertservice.notify.sms.ProviderLink.Bound;
import identicom.runtime.process.Health;
import identicom.runtime.process.Metrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Texts to phones, by the first of two providers that takes them.
 *
 * <p>A message goes to the preferred provider that is bound and not left out (see {@link Circuit}). When that does not
 * answer within {@code sms.timeout}, or not well, the other one gets the whole message at once. Where every provider
 * that is bound is left out, none is. Where none is bound, one is waited for, for {@code sms.timeout}. How long one
 * provider is waited for at most: {@link Submission#longest}. A phone may get a message twice, when a provider had it and did not say so.
 *
 * <p>What survives a restart is {@link Handed.Accepted#messageId}: the provider's id of the last part. How receipts of
 * several parts become one: {@link PartReceipts}. Any thread.
 */
public final class SmsChannel implements Channel {
    private static final Logger LOG = LoggerFactory.getLogger(SmsChannel.class);
    private static final Duration ASK_AGAIN = Duration.ofMillis(500);

    private final SmsSettings settings;
    private final List<ProviderLine> lines;
    private final AtomicInteger reference =
            new AtomicInteger(ThreadLocalRandom.current().nextInt());
    private final Object bell = new Object();

    /** @param replies told of receipts and of texts from phones, from {@link #start} on */
    public SmsChannel(SmsSettings settings, PhoneReplies replies, Health health, Metrics metrics) {
        this.settings = settings;
        this.lines = settings.providers().stream()
                .map(provider -> new ProviderLine(provider, settings, replies, health, metrics.registry(), this::ring))
                .toList();
    }

    /** Begins to bind. Whether the providers are there or not: a message waits for neither longer than it says above. */
    @Override
    public void start() {
        lines.forEach(ProviderLine::start);
    }

    @Override
    public String name() {
        return "sms";
    }

    @Override
    public boolean available() {
        return !lines.isEmpty();
    }

    @Override
    public Handed send(Message message) throws InterruptedException {
        return send(message, () -> true);
    }

    @Override
    public Handed send(Message message, BooleanSupplier stillNeeded) throws InterruptedException {
        if (!PhoneNumbers.isInternational(message.address())) {
            return new Handed.Never("not a phone number in international form (expected: such as +447700900123)");
        }
        if (lines.isEmpty()) {
            return new Handed.Never("no SMS provider is configured (expected: sms.1.host)");
        }
        return new Attempt(
                        PhoneNumbers.digits(message.address()),
                        TextParts.of(message.text(), reference.getAndIncrement()),
                        stillNeeded)
                .run();
    }

    private void ring() {
        synchronized (bell) {
            bell.notifyAll();
        }
    }

    private record Choice(ProviderLine line, Bound bound) {}

    /** One message on its way. One thread. */
    private final class Attempt {
        private final String digits;
        private final List<TextPart> parts;
        private final BooleanSupplier stillNeeded;
        private final long waitUntil = System.nanoTime() + settings.timeout().toNanos();
        private final Set<ProviderLine> tried = new HashSet<>();
        private final List<String> problems = new ArrayList<>();
        private boolean failed;

        Attempt(String digits, List<TextPart> parts, BooleanSupplier stillNeeded) {
            this.digits = digits;
            this.parts = parts;
            this.stillNeeded = stillNeeded;
        }

        Handed run() throws InterruptedException {
            Optional<Choice> next = next();
            while (next.isPresent()) {
                if (!tried.isEmpty() && !stillNeeded.getAsBoolean()) {
                    return new Handed.Unneeded();
                }
                ProviderLine line = next.get().line;
                tried.add(line);
                switch (line.submit(next.get().bound, digits, parts)) {
                    case Outcome.Accepted(List<String> ids) -> {
                        LOG.debug("{} has taken a message of {} parts", line.name(), ids.size());
                        return new Handed.Accepted(line.name(), ids.getLast().isEmpty() ? null : ids.getLast());
                    }
                    case Outcome.Refused(String why) -> problems.add(why);
                    case Outcome.Failed(String why) -> {
                        problems.add(why);
                        failed = true;
                    }
                }
                next = next();
            }
            return nobody();
        }

        private Handed nobody() {
            lines.stream()
                    .filter(line -> !tried.contains(line))
                    .forEach(line -> problems.add(line.name() + " is not connected"));
            String why = String.join("; ", problems);
            return tried.size() == lines.size() && !failed ? new Handed.Never(why) : new Handed.Later(why);
        }

        /** The provider to ask now; empty: there is none. Waits for one until it is no use. */
        private Optional<Choice> next() throws InterruptedException {
            synchronized (bell) {
                while (tried.size() < lines.size()) {
                    Optional<Choice> choice = choose();
                    long leftNanos = waitUntil - System.nanoTime();
                    if (choice.isPresent() || leftNanos <= 0) {
                        return choice;
                    }
                    lines.stream().filter(line -> line.bound() == null).forEach(ProviderLine::wake);
                    TimeUnit.NANOSECONDS.timedWait(bell, Math.min(leftNanos, ASK_AGAIN.toNanos()) + 1);
                }
                return Optional.empty();
            }
        }

        private Optional<Choice> choose() {
            List<Choice> bound = bound();
            return bound.stream()
                    .filter(choice -> choice.line.lets())
                    .findFirst()
                    .or(() -> bound.stream().findFirst());
        }

        private List<Choice> bound() {
            List<Choice> choices = new ArrayList<>();
            for (ProviderLine line : lines) {
                Bound bound = line.bound();
                if (bound != null && !tried.contains(line)) {
                    choices.add(new Choice(line, bound));
                }
            }
            return choices;
        }
    }

    @Override
    public void close() {
        lines.forEach(ProviderLine::close);
    }
}
