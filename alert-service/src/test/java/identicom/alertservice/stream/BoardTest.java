package identicom.alertservice.stream;

import static identicom.alertservice.Events.LANYARD;
import static identicom.alertservice.Events.MAN_DOWN;
import static identicom.alertservice.Events.NOON;
import static identicom.alertservice.Events.critical;
import static identicom.alertservice.Events.withTrust;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import identicom.alertservice.alert.Desk;
import identicom.alertservice.alert.OnTest;
import identicom.alertservice.event.CriticalEvent;
import identicom.alertservice.event.Trust;
import identicom.alertservice.store.ChangeLog.Change;
import identicom.alertservice.store.ChangeLog.Range;
import identicom.alertservice.store.ChangeLog.Snapshot;
import identicom.alertservice.view.AlertJson;
import identicom.alertservice.view.AlertView;
import identicom.schema.EventIdentity;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BoardTest {

    private final Board board = new Board(serial -> "Wearer of " + serial);
    private final CriticalEvent lanyard = critical("MAN-1", 1, LANYARD, NOON);
    private final CriticalEvent manDown = critical("MAN-1", 2, MAN_DOWN, NOON.plusSeconds(60));

    /** The change that stores these events of one unit, as the database would. */
    private static Change stored(long id, boolean closed, CriticalEvent... events) {
        Desk desk = new Desk();
        AlertView view = Arrays.stream(events)
                .map(e -> desk.take(e, NOON).orElseThrow().alert())
                .map(a -> AlertView.of(a, "A1", null, true, List.of(), List.of(), List.of(), List.of(), null))
                .toList()
                .getLast();
        List<EventIdentity> last = List.of(events[events.length - 1].id());
        return new Change(id, view.id(), closed, last, AlertJson.write(view));
    }

    private void load(Change... open) {
        board.loaded(new Snapshot(List.of(open), new Range(0, 10)));
    }

    private List<Frame> told(long from) throws Exception {
        return board.ring().read(from, 10_000, Duration.ZERO);
    }

    private static AlertView alert(Frame frame) {
        assertThat(frame.event()).isEqualTo("alert");
        return AlertJson.read(frame.data());
    }

    @Test
    void newStreamBeginsWithWhatIsNotClosedInTheOrderOfItsIds() {
        Change two = stored(8, false, critical("MAN-2", 1, LANYARD, NOON));
        load(stored(5, false, lanyard), two);
        board.changed(List.of(stored(11, false, lanyard, manDown)));

        Board.Opening opening = board.opening();
        assertThat(opening.alerts()).extracting(Frame::id).containsExactly(8L, 11L);
        assertThat(opening.live()).isEqualTo(new Frame(11L, "live", "{}"));
        board.changed(List.of(new Change(12, two.alertId(), true, List.of(), two.body())));
        assertThat(board.opening().alerts()).extracting(Frame::id).containsExactly(11L);
    }

    @Test
    void unstoredEventIsShownWithoutAnIdAndUnderTheIdItWillHave() throws Exception {
        load();
        long from = board.ring().tail();
        board.unstored(List.of(manDown), NOON);

        Frame frame = told(from).getFirst();
        assertThat(frame.id()).isNull();
        assertThat(alert(frame).id()).isEqualTo(manDown.id().alertId());
        assertThat(alert(frame).stored()).isFalse();
        assertThat(alert(frame).wearer()).isEqualTo("Wearer of MAN-1");
        assertThat(alert(frame).events()).hasSize(1);
        assertThat(board.opening().alerts()).containsExactly(frame);
        assertThat(board.opening().live().id()).isNull();
    }

    @Test
    void storedLaterItIsTheSameAlertAndNothingIsReplaced() throws Exception {
        load();
        board.unstored(List.of(manDown), NOON);
        long from = board.ring().tail();
        board.changed(List.of(stored(11, false, manDown)));

        assertThat(told(from)).extracting(Frame::id).containsExactly(11L);
        assertThat(board.opening().alerts()).extracting(Frame::id).containsExactly(11L);
        assertThat(board.unstored()).isEmpty();
    }

    @Test
    void unstoredEventJoinsTheOpenAlertOfItsUnit() throws Exception {
        load(stored(5, false, lanyard));
        long from = board.ring().tail();
        board.unstored(List.of(manDown), NOON);

        AlertView joined = alert(told(from).getFirst());
        assertThat(joined.id()).isEqualTo(lanyard.id().alertId());
        assertThat(joined.kind()).isEqualTo("man-down");
        assertThat(joined.eventCount()).isEqualTo(2);
        assertThat(joined.reference()).isEqualTo("A1");
        assertThat(joined.stored()).isFalse();
    }

    @Test
    void eventThatWasStoredElsewhereIsReplaced() throws Exception {
        load();
        board.unstored(List.of(manDown), NOON);
        long from = board.ring().tail();
        board.changed(List.of(stored(11, false, lanyard, manDown)));

        assertThat(told(from)).extracting(Frame::event).containsExactly("alert", "replaced");
        assertThat(told(from).getLast().data())
                .contains("\"id\":\"" + manDown.id().alertId())
                .contains("\"by\":\"" + lanyard.id().alertId());
        assertThat(board.opening().alerts()).hasSize(1);
    }

    @Test
    void liveAlertIsTakenBackWhenAnEventShownInItIsStoredAsATest() throws Exception {
        Change live = stored(5, false, lanyard);
        load(live);
        board.unstored(List.of(manDown), NOON);
        assertThat(alert(board.opening().alerts().getFirst()).test()).isFalse();
        long from = board.ring().tail();
        Desk desk = new Desk();
        desk.layOnTest(new OnTest("MAN-1", NOON, NOON.plusSeconds(1800), "ann"));
        AlertView test = AlertView.of(
                desk.take(manDown, NOON).orElseThrow().alert(),
                "A2",
                null,
                true,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null);
        board.changed(List.of(new Change(11, test.id(), false, List.of(manDown.id()), AlertJson.write(test))));

        assertThat(told(from))
                .extracting(Frame::id, Frame::event)
                .containsExactly(tuple(11L, "alert"), tuple(null, "alert"));
        assertThat(alert(told(from).getFirst()).test()).isTrue();
        assertThat(told(from).getLast().data()).isEqualTo(live.body());
        assertThat(board.opening().alerts()).extracting(Frame::id).containsExactly(5L, 11L);
    }

    @Test
    void alertThatWasNotKnownWhenItsEventWasShownTakesItOver() throws Exception {
        board.unstored(List.of(manDown), NOON);
        long from = board.ring().tail();
        load(stored(5, false, lanyard));

        assertThat(told(from)).extracting(Frame::event).containsExactly("alert", "alert", "replaced");
        AlertView joined = alert(told(from).get(1));
        assertThat(joined.id()).isEqualTo(lanyard.id().alertId());
        assertThat(joined.eventCount()).isEqualTo(2);
        assertThat(board.opening().alerts()).hasSize(1);
    }

    @Test
    void eventThatHadBeenStoredAndClosedBeforeIsTakenBack() throws Exception {
        board.unstored(List.of(manDown), NOON);
        load();
        long from = board.ring().tail();
        UUID id = manDown.id().alertId();
        board.found(Map.of(manDown.id(), id), List.of(stored(4, true, manDown)));

        assertThat(told(from)).extracting(Frame::id, Frame::event).containsExactly(tuple(null, "alert"));
        assertThat(board.opening().alerts()).isEmpty();
        assertThat(board.unstored()).isEmpty();
    }

    @Test
    void floodIsFoldedInMemoryToo() throws Exception {
        load();
        long from = board.ring().tail();
        List<CriticalEvent> unknown = IntStream.range(0, 1100)
                .mapToObj(i -> withTrust(critical("X-" + i, 1, MAN_DOWN, NOON), Trust.UNREGISTERED))
                .toList();
        board.unstored(unknown, NOON);

        assertThat(told(from)).hasSize(6);
        AlertView flood = alert(told(from).getLast());
        assertThat(flood.flood().serials()).hasSize(1000);
        assertThat(flood.flood().more()).isEqualTo(95);
    }

    @Test
    void sameUnstoredEventIsShownOnce() throws Exception {
        load();
        long from = board.ring().tail();
        board.unstored(List.of(manDown), NOON);
        board.unstored(List.of(manDown), NOON);

        assertThat(told(from)).hasSize(1);
        assertThat(board.shownSince(manDown.id())).contains(NOON);
    }
}
