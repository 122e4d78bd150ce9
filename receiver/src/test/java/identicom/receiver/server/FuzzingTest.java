package identicom.receiver.server;

import identicom.fuzzing.FuzzTarget;
import identicom.fuzzing.Fuzzing;
import identicom.receiver.simulation.QuietLog;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

class FuzzingTest extends Fuzzing {
    private final QuietLog log = new QuietLog();

    @AfterEach
    void speakAgain() {
        log.close();
    }

    @Override
    protected List<FuzzTarget> targets() {
        return List.of(new StationFuzz());
    }
}
