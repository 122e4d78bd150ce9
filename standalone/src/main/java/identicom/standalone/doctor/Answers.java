package identicom.standalone.doctor;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaFuture;

/** Waits for what an admin client asked. */
final class Answers {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private Answers() {}

    static <T> T await(KafkaFuture<T> asked) throws UnansweredException, InterruptedException {
        try {
            return asked.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new UnansweredException(e.getCause());
        } catch (TimeoutException e) {
            throw new UnansweredException(e);
        }
    }
}
