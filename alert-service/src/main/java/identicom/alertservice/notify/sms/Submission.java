package identicom.alertservice.notify.sms;

import identicom.alertservice.notify.sms.ProviderLink.Bound;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jsmpp.InvalidResponseException;
import org.jsmpp.PDUException;
import org.jsmpp.SMPPConstant;
import org.jsmpp.bean.ESMClass;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.RawDataCoding;
import org.jsmpp.bean.RegisteredDelivery;
import org.jsmpp.bean.SMSCDeliveryReceipt;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.extra.NegativeResponseException;
import org.jsmpp.extra.ResponseTimeoutException;

/**
 * Hands the parts of one message to one provider, all at once and at most {@link #WINDOW} unanswered at a time. It is
 * accepted when every part is. The time that a provider has to answer begins when a part is sent, not while it waits for
 * others. A session that does not answer in time, or fails, is dropped.
 */
final class Submission {
    /** What providers usually allow unanswered. */
    static final int WINDOW = 10;

    /** Twice this is less than what the outbox waits for. */
    private static final Duration LONGEST = Duration.ofSeconds(12);

    private static final int UDH_INDICATOR = 0x40;
    private static final Set<Integer> NOT_THIS_NUMBER = Set.of(
            SMPPConstant.STAT_ESME_RINVDSTADR, SMPPConstant.STAT_ESME_RINVDSTTON, SMPPConstant.STAT_ESME_RINVDSTNPI);

    private final SmsProvider provider;
    private final Executor threads;
    private final Duration timeout;
    private final Semaphore window = new Semaphore(WINDOW);

    /** @param threads one a part: each waits for its answer */
    Submission(SmsProvider provider, Executor threads, Duration timeout) {
        this.provider = provider;
        this.threads = threads;
        this.timeout = timeout;
    }

    Outcome submit(Bound bound, String digits, List<TextPart> parts) throws InterruptedException {
        CompletableFuture<Object> all = new CompletableFuture<>();
        List<CompletableFuture<String>> answers =
                parts.stream().map(part -> answer(bound, digits, part, all)).toList();
        CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new)).thenRun(() -> all.complete(""));
        answers.forEach(answer -> answer.exceptionally(e -> {
            all.completeExceptionally(e);
            return "";
        }));
        return outcome(bound, answers, all);
    }

    private Outcome outcome(Bound bound, List<CompletableFuture<String>> answers, CompletableFuture<Object> all)
            throws InterruptedException {
        try {
            CompletableFuture.anyOf(all, bound.lost()).get(longest().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            all.completeExceptionally(e);
            return new Outcome.Failed(provider.name() + ": not all parts answered within "
                    + longest().toMillis() + " ms");
        } catch (ExecutionException e) {
            return failed(bound, e.getCause());
        }
        if (!all.isDone()) {
            return new Outcome.Failed(provider.name() + ": connection lost");
        }
        return new Outcome.Accepted(
                answers.stream().map(CompletableFuture::join).toList());
    }

    /**
     * How long a message is waited for. Each part is given {@code timeout} from when it is sent; before that it may wait
     * for its turn in the window, but not so long that the outbox gives up on both providers.
     */
    private Duration longest() {
        Duration twice = timeout.multipliedBy(2);
        return twice.compareTo(LONGEST) < 0 ? twice : LONGEST;
    }

    private CompletableFuture<String> answer(
            Bound bound, String digits, TextPart part, CompletableFuture<Object> message) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        threads.execute(() -> {
            try {
                one(bound, digits, part, answer, message);
            } catch (Exception e) {
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }

    private void one(
            Bound bound,
            String digits,
            TextPart part,
            CompletableFuture<String> answer,
            CompletableFuture<Object> message)
            throws Exception {
        while (!window.tryAcquire(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
            if (message.isDone()) {
                return;
            }
        }
        try {
            if (message.isDone() || bound.lost().isDone()) {
                return; // it goes elsewhere by now
            }
            answer.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
            String id = bound.session()
                    .submitShortMessage(
                            "",
                            provider.sourceType(),
                            provider.sourcePlan(),
                            provider.sourceAddress(),
                            TypeOfNumber.INTERNATIONAL,
                            NumberingPlanIndicator.ISDN,
                            digits,
                            new ESMClass(part.concatenated() ? UDH_INDICATOR : 0),
                            (byte) 0,
                            (byte) 0,
                            null,
                            null,
                            new RegisteredDelivery(SMSCDeliveryReceipt.SUCCESS_FAILURE),
                            (byte) 0,
                            new RawDataCoding(part.dataCoding()),
                            (byte) 0,
                            part.bytes())
                    .getMessageId();
            answer.complete(id == null ? "" : id);
        } finally {
            window.release();
        }
    }

    private Outcome failed(Bound bound, Throwable cause) {
        return switch (cause) {
            case NegativeResponseException e
            when NOT_THIS_NUMBER.contains(e.getCommandStatus()) ->
                new Outcome.Refused(provider.name() + " does not take this number (" + status(e) + ")");
            case NegativeResponseException e -> new Outcome.Failed(provider.name() + " answered " + status(e));
            case ResponseTimeoutException e -> silent(bound);
            case TimeoutException e -> silent(bound);
            case PDUException e -> new Outcome.Refused(provider.name() + ": cannot be written: " + e.getMessage());
            case IOException e -> dropped(bound, "connection lost");
            case InvalidResponseException e -> dropped(bound, "answered something else than was asked");
            default -> dropped(bound, cause.toString());
        };
    }

    private Outcome silent(Bound bound) {
        return dropped(bound, "no answer within " + timeout.toMillis() + " ms");
    }

    private Outcome dropped(Bound bound, String why) {
        bound.drop(why);
        return new Outcome.Failed(provider.name() + ": " + why);
    }

    private static String status(NegativeResponseException e) {
        return "command_status 0x%08x".formatted(e.getCommandStatus());
    }
}
