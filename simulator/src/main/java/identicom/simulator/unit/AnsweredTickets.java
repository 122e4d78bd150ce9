package identicom.simulator.unit;

import identicom.wire.message.CommandResult;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tickets that a unit answered last, and how (docs/protocol.md, section 2.5). They outlive its log memory. */
final class AnsweredTickets {
    /** As many as a unit remembers. */
    static final int REMEMBERED = 64;

    private final Map<Long, CommandResult> answers = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, CommandResult> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** Null: it was not asked this, or has forgotten. */
    @Nullable CommandResult of(long ticket) {
        return answers.get(ticket);
    }

    void add(CommandResult answer) {
        answers.put(answer.ticket(), answer);
    }
}
