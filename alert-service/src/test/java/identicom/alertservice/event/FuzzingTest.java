package identicom.alertservice.event;

import identicom.fuzzing.FuzzTarget;
import identicom.fuzzing.Fuzzing;
import java.util.List;

class FuzzingTest extends Fuzzing {
    @Override
    protected List<FuzzTarget> targets() {
        return List.of(new AlertRecordFuzz());
    }
}
