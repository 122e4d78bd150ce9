package identicom.systemtests.balancer;

import java.util.concurrent.TimeUnit;

/** A balancer's end: asked to, and when it does not, by force. */
final class Ending {
    private static final long LIMIT_S = 20;

    private Ending() {}

    static void of(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(LIMIT_S, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
