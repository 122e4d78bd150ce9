package identicom.receiver.whitelist;

import identicom.receiver.session.Verdict;
import java.util.function.Consumer;

/** Says how a serial stands. Any thread; never blocks. */
@FunctionalInterface
public interface Judge {
    /** @param answer called once: here and now where the serial is known, else soon, on another thread */
    void judge(String serial, Consumer<Verdict> answer);
}
