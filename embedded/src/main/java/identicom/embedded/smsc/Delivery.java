package identicom.embedded.smsc;

import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;
import org.jsmpp.bean.OptionalParameter;

/**
 * A deliver_sm to be sent: a receipt, or a text from a phone.
 *
 * @param at when, by {@link System#nanoTime()}
 * @param from digits of the phone
 * @param attempts so far
 */
record Delivery(
        long at,
        int attempts,
        String from,
        String to,
        int esmClass,
        int dataCoding,
        byte[] bytes,
        OptionalParameter... parameters)
        implements Delayed {

    /** Not an attempt: put off. */
    Delivery at(long later) {
        return new Delivery(later, attempts, from, to, esmClass, dataCoding, bytes, parameters);
    }

    Delivery again(long later) {
        return new Delivery(later, attempts + 1, from, to, esmClass, dataCoding, bytes, parameters);
    }

    @Override
    public long getDelay(TimeUnit unit) {
        return unit.convert(at - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
        return other instanceof Delivery delivery ? Long.signum(at - delivery.at) : 0;
    }
}
