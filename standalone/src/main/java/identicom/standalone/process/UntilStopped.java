package identicom.standalone.process;

import java.util.concurrent.CountDownLatch;
import org.slf4j.LoggerFactory;

/** The end of a process that runs until it is told to stop: SIGTERM and Ctrl-C close what is to be closed and end it with exit code 0. */
public final class UntilStopped {
    private UntilStopped() {}

    /** Registers {@code running} for closing at the process's end. */
    public static void closeAtEnd(AutoCloseable running) {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> {
            try {
                running.close();
                Runtime.getRuntime().halt(0);
            } catch (Exception e) {
                LoggerFactory.getLogger(UntilStopped.class).error("did not stop cleanly", e);
                Runtime.getRuntime().halt(1);
            }
        }));
    }

    /** Waits for a signal; never returns. */
    public static void await() throws InterruptedException {
        new CountDownLatch(1).await();
    }
}
