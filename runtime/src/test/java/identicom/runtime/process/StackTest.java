package identicom.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class StackTest {
    private final List<String> stopped = new CopyOnWriteArrayList<>();

    @Test
    void stopsInReverseAndOnce() {
        Stack stack = new Stack();
        stack.add("first", () -> stopped.add("first"));
        stack.onClose("second", () -> stopped.add("second"));

        stack.close();
        stack.close();

        assertThat(stopped).containsExactly("second", "first");
    }

    @Test
    void oneThatFailsOrHangsDoesNotKeepTheOthers() {
        Stack stack = new Stack(Duration.ofSeconds(3));
        stack.add("first", () -> stopped.add("first"));
        stack.add("hanging", () -> new CountDownLatch(1).await());
        stack.add("failing", () -> {
            throw new IllegalStateException("on purpose");
        });

        stack.close();

        assertThat(stopped).containsExactly("first");
    }
}
