package identicom.mediaservice.http;

import identicom.fuzzing.FuzzTarget;
import identicom.fuzzing.Fuzzing;
import identicom.mediaservice.assembly.BlockRecordFuzz;
import java.util.List;

class FuzzingTest extends Fuzzing {
    @Override
    protected List<FuzzTarget> targets() {
        return List.of(new PictureQueryFuzz(), new RangeFuzz(), new BlockRecordFuzz());
    }
}
