package identicom.alertservice.notify.sms;

import identicom.alertservice.notify.PhoneReplies;
import identicom.alertservice.notify.sms.ProviderLink.Bound;
import identicom.alertservice.timer.Repeating;
import identicom.runtime.process.Health;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Everything of one provider: its session, its circuit, its receipts. */
final class ProviderLine implements AutoCloseable {
    private static final Duration LOOK_AT_RECEIPTS = Duration.ofSeconds(10);

    private final SmsProvider provider;
    private final ExecutorService submitters;
    private final Submission submission;
    private final Circuit circuit;
    private final SmsMeters meters;
    private final PartReceipts receipts;
    private final ProviderLink link;
    private final Repeating waitingReceipts;

    ProviderLine(
            SmsProvider provider,
            SmsSettings settings,
            PhoneReplies replies,
            Health health,
            MeterRegistry registry,
            Runnable onBound) {
        this.provider = provider;
        String threads = "sms-" + provider.number();
        this.submitters = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name(threads + "-submit-", 0).factory());
        this.submission = new Submission(provider, submitters, settings.timeout());
        this.circuit = new Circuit(settings.leftOutFor(), System::nanoTime);
        this.meters = new SmsMeters(registry, provider, () -> bound() != null);
        this.receipts = new PartReceipts(provider.name(), replies, System::nanoTime);
        this.link = new ProviderLink(
                provider,
                settings.timeout(),
                new Inbound(provider.name(), replies, receipts, meters),
                health.register("sms " + provider.number(), false),
                () -> {
                    meters.bound();
                    onBound.run();
                });
        this.waitingReceipts = new Repeating(threads + "-receipts", LOOK_AT_RECEIPTS, receipts::passOnWaiting);
    }

    void start() {
        link.start();
        waitingReceipts.start();
    }

    String name() {
        return provider.name();
    }

    @Nullable Bound bound() {
        return link.bound();
    }

    void wake() {
        link.wake();
    }

    /** Whether its circuit lets a message through; if so it has to be sent. */
    boolean lets() {
        return circuit.lets();
    }

    Outcome submit(Bound bound, String digits, List<TextPart> parts) throws InterruptedException {
        Outcome outcome = submission.submit(bound, digits, parts);
        switch (outcome) {
            case Outcome.Accepted accepted -> {
                circuit.succeeded();
                receipts.accepted(accepted.ids());
                meters.sent(SmsMeters.Sent.ACCEPTED);
            }
            case Outcome.Refused refused -> {
                circuit.succeeded();
                meters.sent(SmsMeters.Sent.REFUSED);
            }
            case Outcome.Failed failed -> {
                circuit.failed();
                meters.sent(SmsMeters.Sent.FAILED);
            }
        }
        return outcome;
    }

    @Override
    public void close() {
        waitingReceipts.close();
        link.close();
        submitters.shutdownNow();
    }
}
