package identicom.alertservice;

import identicom.alertservice.escalation.PolicyQueryFuzz;
import identicom.alertservice.event.AlertRecordFuzz;
import identicom.alertservice.http.AlertQueryFuzz;
import identicom.alertservice.http.NameCursorFuzz;
import identicom.alertservice.notify.NotificationQueryFuzz;
import identicom.alertservice.supervision.SupervisionQueryFuzz;
import identicom.fuzzing.FuzzTarget;
import identicom.fuzzing.Fuzzing;
import java.util.List;

class FuzzingTest extends Fuzzing {
    @Override
    protected List<FuzzTarget> targets() {
        return List.of(
                new AlertRecordFuzz(),
                new AlertQueryFuzz(),
                new NameCursorFuzz(),
                new NotificationQueryFuzz(),
                new PolicyQueryFuzz(),
                new SupervisionQueryFuzz());
    }
}
