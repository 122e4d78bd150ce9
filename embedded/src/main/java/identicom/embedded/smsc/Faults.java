package identicom.embedded.smsc;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** What an SMSC does wrong, for tests. Everything is right at first. Any thread. */
public final class Faults {
    private boolean hangOnBind;
    private boolean hangOnSubmit;
    private Duration slowness = Duration.ZERO;
    private int refusal;
    private boolean undeliverable;
    private boolean receiptsWithoutText;
    private int hanging;
    private boolean stopped;

    /** Binds get no answer. */
    public synchronized void hangOnBind(boolean on) {
        hangOnBind = on;
        notifyAll();
    }

    /** Messages get no answer, and nobody gets them, until it is switched off. */
    public synchronized void hangOnSubmit(boolean on) {
        hangOnSubmit = on;
        notifyAll();
    }

    /** Messages are answered after so long, a few at a time. */
    public synchronized void answerSubmitAfter(Duration span) {
        slowness = span;
    }

    /** Messages are answered with this command_status; 0: they are taken. */
    public synchronized void refuse(int commandStatus) {
        refusal = commandStatus;
    }

    /** Receipts say that the phone did not get the message. */
    public synchronized void undeliverable(boolean on) {
        undeliverable = on;
    }

    /** Receipts say what they say by optional parameters only. */
    public synchronized void receiptsWithoutText(boolean on) {
        receiptsWithoutText = on;
    }

    synchronized boolean hangsOnBind() {
        return hangOnBind;
    }

    /** How many messages get no answer now. */
    public synchronized int hanging() {
        return hanging;
    }

    /** False: it never got as far as taking the message. */
    synchronized boolean awaitSubmit() throws InterruptedException {
        hanging++;
        try {
            long answerAt = System.nanoTime() + slowness.toNanos();
            while (hangOnSubmit && !stopped) {
                wait();
            }
            for (long left = answerAt - System.nanoTime(); left > 0 && !stopped; left = answerAt - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
            return !stopped;
        } finally {
            hanging--;
        }
    }

    synchronized void stop() {
        stopped = true;
        notifyAll();
    }

    synchronized int refusal() {
        return refusal;
    }

    synchronized boolean isUndeliverable() {
        return undeliverable;
    }

    synchronized boolean hasReceiptsWithoutText() {
        return receiptsWithoutText;
    }
}
