package identicom.receiver.session;

import static identicom.receiver.session.Units.UNIT;
import static identicom.receiver.session.Units.answer;
import static identicom.receiver.session.Units.push;
import static org.assertj.core.api.Assertions.assertThat;

import identicom.wire.fault.Fault;
import identicom.wire.message.Command;
import identicom.wire.message.CommandResult;
import identicom.wire.message.EventLogDeleted;
import identicom.wire.message.Octets;
import identicom.wire.message.PictureBlock;
import identicom.wire.message.PictureDeleted;
import identicom.wire.message.PictureEntry;
import identicom.wire.message.PictureError;
import identicom.wire.message.PictureList;
import identicom.wire.message.Probe;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every state against every input: where the session stands afterwards. "!" is an illegal move. */
class SessionMatrixTest {
    private static final String MATRIX = """
            input          Arrived  Checking Refused Reading  Paused    Settling  Deleting  Listing   Recalling Fetching Holding   Erasing Consulting  Instructing Lingering Closed
            identification Checking Checking Refused Reading  Paused    Settling  Deleting  Listing   Recalling Fetching Holding   Erasing Consulting  Instructing Lingering Closed
            probe          Closed   Checking Closed  Closed   Closed    Closed    Closed    Closed    Closed    Closed   Closed    Closed  Closed      Closed      Closed    Closed
            push           Closed   Checking Closed  Reading  Paused    Settling  Deleting  Listing   Recalling Fetching Holding   Erasing Consulting  Instructing Lingering Closed
            answer-more    Closed   Checking Closed  Paused   Closed    Closed    Closed    Closed    Closed    Closed   Closed    Closed  Closed      Closed      Closed    Closed
            answer-end     Closed   Checking Closed  Settling Closed    Closed    Closed    Closed    Closed    Closed   Closed    Closed  Closed      Closed      Closed    Closed
            deleted        Closed   Checking Closed  Closed   Closed    Closed    Lingering Closed    Closed    Closed   Closed    Closed  Closed      Closed      Closed    Closed
            pictures       Closed   Checking Closed  Closed   Closed    Closed    Closed    Recalling Closed    Closed   Closed    Closed  Closed      Closed      Closed    Closed
            no-pictures    Closed   Checking Closed  Closed   Closed    Closed    Closed    Lingering Closed    Closed   Closed    Closed  Closed      Closed      Closed    Closed
            block          Closed   Checking Closed  Closed   Closed    Closed    Closed    Closed    Closed    Fetching Closed    Closed  Closed      Closed      Closed    Closed
            picture-gone   Closed   Checking Closed  Closed   Closed    Closed    Closed    Closed    Closed    Closed   Closed    Reading Closed      Closed      Closed    Closed
            picture-error  Closed   Checking Closed  Closed   Closed    Closed    Closed    Closed    Closed    Reading  Closed    Reading Closed      Closed      Closed    Closed
            command-result Closed   Checking Closed  Closed   Closed    Closed    Closed    Closed    Closed    Closed   Closed    Closed  Closed      Consulting  Closed    Closed
            framing-fault  Closed   Checking Closed  Closed   Closed    Closed    Closed    Closed    Closed    Closed   Closed    Closed  Closed      Closed      Closed    Closed
            peer-closed    Closed   Checking Closed  Closed   Closed    Closed    Closed    Closed    Closed    Closed   Closed    Closed  Closed      Closed      Closed    Closed
            silence        Arrived  Checking Refused Reading  Paused    Settling  Deleting  Listing   Recalling Fetching Holding   Erasing Consulting  Instructing Lingering Closed
            identify-limit Closed   Checking Refused Reading  Paused    Settling  Deleting  Listing   Recalling Fetching Holding   Erasing Consulting  Instructing Lingering Closed
            refusal        Arrived  Checking Closed  Reading  Paused    Settling  Deleting  Listing   Recalling Fetching Holding   Erasing Consulting  Instructing Lingering Closed
            answer-limit   Arrived  Checking Refused Closed   Paused    Settling  Closed    Closed    Recalling Closed   Holding   Closed  Consulting  Closed      Lingering Closed
            settle-limit   Arrived  Checking Refused Reading  Paused    Lingering Deleting  Listing   Recalling Fetching Reading   Erasing Consulting  Instructing Lingering Closed
            linger-limit   Arrived  Checking Refused Reading  Paused    Settling  Deleting  Listing   Recalling Fetching Holding   Erasing Consulting  Instructing Closed    Closed
            wrap-up        Arrived  Checking Refused Reading  Lingering Lingering Deleting  Listing   Lingering Fetching Lingering Erasing Consulting  Instructing Lingering Closed
            limit          Closed   Checking Closed  Closed   Closed    Closed    Closed    Closed    Closed    Closed   Closed    Closed  Closed      Closed      Closed    Closed
            whitelisted    !        Reading  !       !        !         !         !         !         !         !        !         !       !           !           !         !
            unverified     !        Reading  !       !        !         !         !         !         !         !        !         !       !           !           !         !
            unregistered   !        Refused  !       !        !         !         !         !         !         !        !         !       !           !           !         !
            recalled       Arrived  Checking Refused Reading  Paused    Settling  Deleting  Listing   Fetching  Fetching Holding   Erasing Consulting  Instructing Lingering Closed
            command        Arrived  Checking Refused Reading  Paused    Settling  Deleting  Listing   Recalling Fetching Holding   Erasing Instructing Instructing Lingering Closed
            no-command     Arrived  Checking Refused Reading  Paused    Settling  Deleting  Listing   Recalling Fetching Holding   Erasing Lingering   Instructing Lingering Closed
            acknowledged   Arrived  Checking Refused Reading  Paused    Deleting  Deleting  Listing   Recalling Fetching Erasing   Erasing Consulting  Instructing Lingering Closed
            lost           Arrived  Checking Refused Reading  Paused    Lingering Deleting  Listing   Recalling Fetching Reading   Erasing Consulting  Instructing Lingering Closed
            main-silent    Arrived  Checking Refused Reading  Reading   Lingering Deleting  Listing   Lingering Fetching Lingering Erasing Consulting  Instructing Lingering Closed
            main-back      Arrived  Checking Refused Reading  Paused    Settling  Deleting  Listing   Recalling Fetching Holding   Erasing Consulting  Instructing Lingering Closed
            outbox-full    Arrived  Checking Refused Reading  Paused    Settling  Deleting  Listing   Recalling Fetching Holding   Erasing Consulting  Instructing Lingering Closed
            outbox-free    Arrived  Checking Refused Reading  Reading   Settling  Deleting  Listing   Recalling Fetching Holding   Erasing Consulting  Instructing Lingering Closed
            pictures-full  Arrived  Checking Refused Reading  Paused    Settling  Deleting  Listing   Recalling Fetching Holding   Erasing Consulting  Instructing Lingering Closed
            pictures-free  Arrived  Checking Refused Reading  Paused    Settling  Deleting  Listing   Recalling Fetching Holding   Erasing Consulting  Instructing Lingering Closed
            drain          Arrived  Checking Refused Reading  Lingering Settling  Deleting  Listing   Lingering Fetching Lingering Erasing Consulting  Instructing Lingering Closed
            replaced       Arrived  Checking Refused Closed   Closed    Closed    Closed    Closed    Closed    Closed   Closed    Closed  Closed      Closed      Closed    Closed
            decommissioned Arrived  Checking Refused Closed   Closed    Closed    Closed    Closed    Closed    Closed   Closed    Closed  Closed      Closed      Closed    Closed
            crowded-out    Closed   Checking Closed  Closed   Closed    Closed    Closed    Closed    Closed    Closed   Closed    Closed  Closed      Closed      Closed    Closed
            """;

    private static final PictureEntry PICTURE = new PictureEntry(1, 5_000, 1_700_000_000L, 1);
    private static final byte[] SMALL_BYTES = PictureUnit.bytes(5);
    private static final PictureEntry SMALL = PictureUnit.entry(1, SMALL_BYTES);

    private static final Command COMMAND = new Command(7, 2, Octets.EMPTY);

    private static Driver listing() {
        return new Driver(Units.rules(), PictureRules.standard(PictureRules.MAX_BYTES))
                .got(UNIT)
                .judged(Verdict.whitelisted(Long.MAX_VALUE))
                .got(answer(0));
    }

    private static Driver fetching(PictureEntry picture) {
        return listing()
                .got(new PictureList(List.of(picture)))
                .input(new Input.Recalled(List.of(PicturePosition.start(picture))));
    }

    private static Driver consulting() {
        Driver driver = listing();
        driver.commands = null;
        return driver.got(new PictureList(List.of()));
    }

    private static Map<String, Input> inputs() {
        Map<String, Input> inputs = new LinkedHashMap<>();
        inputs.put("identification", new Input.Received(UNIT, Units.NOW));
        inputs.put("probe", new Input.Received(new Probe(), Units.NOW));
        inputs.put("push", new Input.Received(push(90), Units.NOW));
        inputs.put("answer-more", new Input.Received(answer(9, 50), Units.NOW));
        inputs.put("answer-end", new Input.Received(answer(0, 50), Units.NOW));
        inputs.put("deleted", new Input.Received(new EventLogDeleted(5), Units.NOW));
        inputs.put("pictures", new Input.Received(new PictureList(List.of(PICTURE)), Units.NOW));
        inputs.put("no-pictures", new Input.Received(new PictureList(List.of()), Units.NOW));
        inputs.put("block", new Input.Received(new PictureBlock(1, 0, Octets.of(new byte[1018])), Units.NOW));
        inputs.put("picture-gone", new Input.Received(new PictureDeleted(1), Units.NOW));
        inputs.put("picture-error", new Input.Received(new PictureError(1, 1), Units.NOW));
        inputs.put("command-result", new Input.Received(new CommandResult(7, 0, Octets.EMPTY), Units.NOW));
        inputs.put("framing-fault", new Input.Faulted(Fault.BAD_ESCAPE));
        inputs.put("peer-closed", new Input.PeerClosed());
        inputs.put("silence", new Input.Fired(Timer.SILENCE));
        inputs.put("identify-limit", new Input.Fired(Timer.IDENTIFICATION));
        inputs.put("refusal", new Input.Fired(Timer.REFUSAL));
        inputs.put("answer-limit", new Input.Fired(Timer.ANSWER));
        inputs.put("settle-limit", new Input.Fired(Timer.SETTLE));
        inputs.put("linger-limit", new Input.Fired(Timer.LINGER));
        inputs.put("wrap-up", new Input.Fired(Timer.WRAP_UP));
        inputs.put("limit", new Input.Fired(Timer.LIMIT));
        inputs.put("whitelisted", new Input.Judged(Verdict.whitelisted(Long.MAX_VALUE)));
        inputs.put("unverified", new Input.Judged(Verdict.UNVERIFIED));
        inputs.put("unregistered", new Input.Judged(Verdict.UNREGISTERED));
        inputs.put("recalled", new Input.Recalled(List.of(PicturePosition.start(PICTURE))));
        inputs.put("command", new Input.Commanded(COMMAND));
        inputs.put("no-command", new Input.Commanded(null));
        inputs.put("acknowledged", new Input.Acknowledged(0));
        inputs.put("lost", new Input.Lost(0));
        inputs.put("main-silent", new Input.MainSilent());
        inputs.put("main-back", new Input.MainBack());
        inputs.put("outbox-full", new Input.OutboxFull());
        inputs.put("outbox-free", new Input.OutboxFree());
        inputs.put("pictures-full", new Input.PicturesFull());
        inputs.put("pictures-free", new Input.PicturesFree());
        inputs.put("drain", new Input.Drain());
        inputs.put("replaced", new Input.Replaced());
        inputs.put("decommissioned", new Input.Decommissioned());
        inputs.put("crowded-out", new Input.CrowdedOut());
        return inputs;
    }

    /** Reading has a full outbox around it, Paused waits for it; Settling waits for entry 0, Deleting for 83 up to 5; Fetching is
     * at a picture's first block, Holding waits for block 0, Erasing for c2. */
    private static Map<String, Supplier<Driver>> states() {
        Map<String, Supplier<Driver>> states = new LinkedHashMap<>();
        states.put("Arrived", Driver::new);
        states.put("Checking", () -> new Driver().got(UNIT));
        states.put("Refused", () -> new Driver().got(UNIT).judged(Verdict.UNREGISTERED));
        states.put("Reading", () -> Driver.served().input(new Input.OutboxFull()));
        states.put("Paused", () -> Driver.served().input(new Input.OutboxFull()).got(answer(9, 5)));
        states.put("Settling", () -> Driver.served().got(answer(0, 5)));
        states.put("Deleting", () -> Driver.served().got(answer(0, 5)).acknowledged(0, 0));
        states.put("Listing", SessionMatrixTest::listing);
        states.put("Recalling", () -> listing().got(new PictureList(List.of(PICTURE))));
        states.put("Fetching", () -> fetching(PICTURE));
        states.put("Holding", () -> fetching(SMALL).got(new PictureBlock(1, 0, Octets.of(SMALL_BYTES))));
        states.put(
                "Erasing",
                () -> fetching(SMALL)
                        .got(new PictureBlock(1, 0, Octets.of(SMALL_BYTES)))
                        .acknowledged(0, 0));
        states.put("Consulting", SessionMatrixTest::consulting);
        states.put("Instructing", () -> consulting().input(new Input.Commanded(COMMAND)));
        states.put("Lingering", () -> Driver.served().got(answer(0)));
        states.put("Closed", () -> new Driver().input(new Input.PeerClosed()));
        return states;
    }

    @TestFactory
    Stream<DynamicTest> everyStateAndInput() {
        List<List<String>> rows = MATRIX.lines()
                .map(line -> Arrays.asList(line.strip().split(" +")))
                .toList();
        List<String> head = rows.getFirst();
        assertThat(head.subList(1, head.size())).containsExactlyElementsOf(states().keySet());
        assertThat(rows.stream().skip(1).map(List::getFirst)).containsExactlyElementsOf(inputs().keySet());
        return rows.stream()
                .skip(1)
                .flatMap(row -> head.stream().skip(1).map(state -> {
                    String expected = row.get(head.indexOf(state));
                    return DynamicTest.dynamicTest(
                            state + " and " + row.getFirst() + " lead to " + expected,
                            () -> assertThat(after(state, row.getFirst())).isEqualTo(expected));
                }));
    }

    private static String after(String state, String input) {
        Driver driver = states().get(state).get();
        assertThat(driver.state.getClass().getSimpleName()).isEqualTo(state);
        try {
            return driver.input(inputs().get(input)).state.getClass().getSimpleName();
        } catch (IllegalStateException illegal) {
            return "!";
        }
    }
}
