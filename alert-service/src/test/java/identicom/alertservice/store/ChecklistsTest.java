package identicom.alertservice.store;

import static identicom.alertservice.Events.LANYARD;
import static identicom.alertservice.Events.MAN_DOWN;
import static identicom.alertservice.Events.NOON;
import static identicom.alertservice.Events.critical;
import static org.assertj.core.api.Assertions.assertThat;

import identicom.alertservice.alert.Answer;
import identicom.alertservice.alert.Handling.Outcome;
import identicom.alertservice.store.Incidents.Incident;
import identicom.alertservice.view.AlertView.HistoryEntry;
import identicom.alertservice.view.AlertView.Step;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChecklistsTest extends StoreFixture {

    private Checklists checklists;

    @BeforeEach
    void lists() throws SQLException {
        checklists = new Checklists(transactions, clock);
        checklists.put("lanyard-pin-removed", List.of("Call the wearer", "Call the site"), ANN);
        checklists.put("man-down", List.of("Call the wearer", "Call an ambulance"), ANN);
    }

    private List<String> steps() throws SQLException {
        return only().checklist().stream().map(Step::step).toList();
    }

    private void lanyard() throws SQLException {
        store(critical("MAN-1", 1, LANYARD, NOON));
    }

    private Answer closing() throws SQLException {
        return actions.close(only().id(), ANN, Outcome.TEST, null).orElseThrow().answer();
    }

    @Test
    void alertTakesTheListOfItsKindAndKeepsIt() throws SQLException {
        lanyard();
        checklists.put("lanyard-pin-removed", List.of("Something else"), ANN);
        store(critical("MAN-1", 2, LANYARD, NOON));

        assertThat(steps()).containsExactly("Call the wearer", "Call the site");
    }

    @Test
    void graverKindAddsItsSteps() throws SQLException {
        lanyard();
        actions.step(only().id(), ANN, "Call the wearer");
        store(critical("MAN-1", 2, MAN_DOWN, NOON));

        assertThat(steps()).containsExactly("Call the wearer", "Call the site", "Call an ambulance");
        assertThat(only().checklist().getFirst().doneBy()).isEqualTo("ann");
    }

    @Test
    void incidentTakesTheListOfItsKind() throws SQLException {
        checklists.put("mass-loss", List.of("Call the network"), ANN);
        raise(new Incident("mass-loss", "critical", null, "site Leeds", "nobody heard", List.of("U-1"), true));

        assertThat(steps()).containsExactly("Call the network");
    }

    @Test
    void criticalAlertIsClosedOnlyWithAllStepsDone() throws SQLException {
        lanyard();
        assertThat(closing())
                .isInstanceOfSatisfying(
                        Answer.Refused.class,
                        refused -> assertThat(refused.openSteps()).containsExactly("Call the wearer", "Call the site"));
        actions.step(only().id(), ANN, "Call the site");
        actions.step(only().id(), BOB, "Call the wearer");
        actions.step(only().id(), BOB, "Fed the dog");

        assertThat(steps()).containsExactly("Call the wearer", "Call the site", "Fed the dog");
        assertThat(closing()).isInstanceOf(Answer.Done.class);
        assertThat(only().history())
                .extracting(HistoryEntry::what)
                .containsExactly("raised", "step", "step", "step", "closed");
        assertThat(actions.step(only().id(), ANN, "Late").orElseThrow().answer())
                .isInstanceOf(Answer.Refused.class);
    }

    @Test
    void kindWithoutAListHoldsNothingUp() throws SQLException {
        checklists.put("lanyard-pin-removed", List.of(), ANN);
        lanyard();

        assertThat(closing()).isInstanceOf(Answer.Done.class);
    }

    @Test
    void stepThatManyDoAtOnceIsDoneOnce() throws Exception {
        lanyard();
        List<Answer> answers = Collections.synchronizedList(new ArrayList<>());
        together(Collections.nCopies(6, (Callable<Boolean>) () -> answers.add(
                actions.step(only().id(), ANN, "Call the site").orElseThrow().answer())));

        assertThat(answers).filteredOn(Answer.Done.class::isInstance).hasSize(1);
        assertThat(only().history()).extracting(HistoryEntry::what).containsExactly("raised", "step");
    }

    @Test
    void listOfStepsIsBounded() throws SQLException {
        lanyard();
        for (int i = 0; i < StepTable.MOST - 2; i++) {
            actions.step(only().id(), ANN, "Step " + i);
        }

        assertThat(actions.step(only().id(), ANN, "One more").orElseThrow().answer())
                .isInstanceOf(Answer.Refused.class);
        assertThat(actions.step(only().id(), ANN, "Call the site").orElseThrow().answer())
                .isInstanceOf(Answer.Done.class);
    }

    @Test
    void listsAreFoundByKindAndInOrder() throws SQLException {
        assertThat(checklists.of("man-down").orElseThrow().changedBy()).isEqualTo("ann");
        assertThat(checklists.of("red-alert")).isEmpty();
        assertThat(checklists.after("", 10))
                .extracting(Checklists.Checklist::kind)
                .containsExactly("lanyard-pin-removed", "man-down");
        assertThat(checklists.after("lanyard-pin-removed", 10)).hasSize(1);
    }
}
