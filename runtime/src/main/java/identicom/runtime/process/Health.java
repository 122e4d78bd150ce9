package identicom.runtime.process;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the process says of itself. Each part that can fail registers and keeps its own state here. Any thread. */
public final class Health {
    private static final Logger LOG = LoggerFactory.getLogger(Health.class);

    private final Map<String, Part> parts = new ConcurrentHashMap<>();
    private volatile boolean live = true;

    /** What a part reports its state by. It is down with "starting" until it first says otherwise. */
    public interface Component {
        void up();

        /** @param why for a person, without secrets */
        void down(String why);
    }

    /**
     * One part's state.
     *
     * @param why empty when up
     */
    public record State(boolean up, String why, boolean requiredForReady) {}

    /** A new part; one of the same name is replaced. */
    public Component register(String name, boolean requiredForReady) {
        Part part = new Part(name, requiredForReady);
        parts.put(name, part);
        return part;
    }

    /** Every part's state by name. */
    public Map<String, State> states() {
        Map<String, State> states = new TreeMap<>();
        parts.forEach((name, part) -> states.put(name, part.state));
        return states;
    }

    /** Every part that is required is up. */
    public boolean ready() {
        return live && parts.values().stream().allMatch(part -> part.state.up || !part.state.requiredForReady);
    }

    /** False once the process can only be helped by a restart. */
    public boolean live() {
        return live;
    }

    /** Says, for good, that only a restart helps: a bug stopped a part. */
    public void dead(String why) {
        LOG.error("This process must be restarted: {}", why);
        live = false;
    }

    private static final class Part implements Component {
        private final String name;
        private final boolean required;
        private volatile State state;

        Part(String name, boolean required) {
            this.name = name;
            this.required = required;
            this.state = new State(false, "starting", required);
        }

        @Override
        public synchronized void up() {
            if (!state.up) {
                LOG.info("{} is up", name);
                state = new State(true, "", required);
            }
        }

        @Override
        public synchronized void down(String why) {
            if (state.up) {
                LOG.warn("{} is down: {}", name, why);
            }
            state = new State(false, why, required);
        }
    }
}
