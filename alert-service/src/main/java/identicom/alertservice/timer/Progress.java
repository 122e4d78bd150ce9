package identicom.alertservice.timer;

import identicom.runtime.process.Health;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Says in the process's health when work that is done again and again has not been done for too long: it hangs, or always fails. */
public final class Progress implements AutoCloseable {

    private static final int LOOKS = 12;

    private final Health.Component state;
    private final Duration limit;
    private final List<Repeating> watched;
    private final Repeating looking;

    /** @param name of the thread that looks */
    public Progress(String name, Health.Component state, Duration limit, List<Repeating> watched) {
        this.state = state;
        this.limit = limit;
        this.watched = List.copyOf(watched);
        this.looking = new Repeating(name, limit.dividedBy(LOOKS), this::look);
    }

    public void start() {
        looking.start();
    }

    private void look() {
        String late = watched.stream()
                .filter(work -> work.sinceDone().compareTo(limit) > 0)
                .map(Repeating::name)
                .collect(Collectors.joining(", "));
        if (late.isEmpty()) {
            state.up();
        } else {
            state.down("not done for " + limit.toSeconds() + " s: " + late);
        }
    }

    @Override
    public void close() {
        looking.close();
    }
}
