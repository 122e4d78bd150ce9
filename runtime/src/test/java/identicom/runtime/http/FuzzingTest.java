package identicom.runtime.http;

import identicom.fuzzing.FuzzTarget;
import identicom.fuzzing.Fuzzing;
import java.util.List;

class FuzzingTest extends Fuzzing {
    @Override
    protected List<FuzzTarget> targets() {
        return List.of(new QueryFuzz(), new PathFuzz(), new HeaderFuzz(), new JsonFuzz());
    }
}
