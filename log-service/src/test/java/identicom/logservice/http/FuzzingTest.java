package identicom.logservice.http;

import identicom.fuzzing.FuzzTarget;
import identicom.fuzzing.Fuzzing;
import identicom.logservice.events.EventRecordFuzz;
import java.util.List;

class FuzzingTest extends Fuzzing {
    @Override
    protected List<FuzzTarget> targets() {
        return List.of(new EventQueryFuzz(), new CsvFuzz(), new EventRecordFuzz());
    }
}
