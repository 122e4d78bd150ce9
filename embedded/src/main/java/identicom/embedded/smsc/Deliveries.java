package identicom.embedded.smsc;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jsmpp.InvalidResponseException;
import org.jsmpp.PDUException;
import org.jsmpp.bean.ESMClass;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.RawDataCoding;
import org.jsmpp.bean.RegisteredDelivery;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.extra.NegativeResponseException;
import org.jsmpp.extra.ResponseTimeoutException;
import org.jsmpp.session.SMPPServerSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends receipts and texts from phones to whoever is bound, one after another, each again until it is acknowledged. At
 * most {@link #MOST} wait; one that was refused {@link #MOST_ATTEMPTS} times is given up. While nobody is bound nothing
 * counts as an attempt. Thread {@code smsc-deliver}.
 */
final class Deliveries implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);
    private static final int MOST = 10_000;
    private static final int MOST_ATTEMPTS = 100;
    private static final Duration AGAIN_AFTER = Duration.ofMillis(500);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

    private final DelayQueue<Delivery> waiting = new DelayQueue<>();
    private final AtomicInteger undelivered = new AtomicInteger();
    private final Supplier<Optional<SMPPServerSession>> receiver;
    private final Thread thread;

    /** @param receiver who is bound and gets messages */
    Deliveries(Supplier<Optional<SMPPServerSession>> receiver) {
        this.receiver = receiver;
        this.thread = Thread.ofPlatform().name("smsc-deliver").daemon(true).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** False: there is no room. */
    boolean add(Delivery delivery) {
        if (undelivered.incrementAndGet() > MOST) {
            undelivered.decrementAndGet();
            return false;
        }
        return waiting.add(delivery);
    }

    /** How many are neither acknowledged nor given up. */
    int undelivered() {
        return undelivered.get();
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Delivery next = waiting.take();
                Optional<SMPPServerSession> session = receiver.get();
                if (session.isEmpty()) {
                    waiting.add(next.at(later()));
                } else if (!delivered(session.get(), next) && next.attempts() < MOST_ATTEMPTS) {
                    waiting.add(next.again(later()));
                } else {
                    undelivered.decrementAndGet();
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("smsc-deliver stops");
        }
    }

    private static long later() {
        return System.nanoTime() + AGAIN_AFTER.toNanos();
    }

    private static boolean delivered(SMPPServerSession session, Delivery delivery) {
        try {
            session.deliverShortMessage(
                    "",
                    TypeOfNumber.INTERNATIONAL,
                    NumberingPlanIndicator.ISDN,
                    delivery.from(),
                    TypeOfNumber.UNKNOWN,
                    NumberingPlanIndicator.UNKNOWN,
                    delivery.to(),
                    new ESMClass(delivery.esmClass()),
                    (byte) 0,
                    (byte) 0,
                    new RegisteredDelivery(0),
                    new RawDataCoding((byte) delivery.dataCoding()),
                    delivery.bytes(),
                    delivery.parameters());
            return true;
        } catch (PDUException
                | ResponseTimeoutException
                | InvalidResponseException
                | NegativeResponseException
                | IOException e) {
            LOG.debug("a deliver_sm is sent again: {}", e.toString());
            return false;
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(STOP_WITHIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
