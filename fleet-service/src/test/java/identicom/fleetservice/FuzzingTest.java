package identicom.fleetservice;

import identicom.fleetservice.commands.CommandQueryFuzz;
import identicom.fleetservice.presence.ContactRecordFuzz;
import identicom.fleetservice.units.UnitQueryFuzz;
import identicom.fleetservice.units.csv.UnitsFileFuzz;
import identicom.fuzzing.FuzzTarget;
import identicom.fuzzing.Fuzzing;
import java.util.List;

class FuzzingTest extends Fuzzing {
    @Override
    protected List<FuzzTarget> targets() {
        return List.of(new UnitsFileFuzz(), new ContactRecordFuzz(), new UnitQueryFuzz(), new CommandQueryFuzz());
    }
}
