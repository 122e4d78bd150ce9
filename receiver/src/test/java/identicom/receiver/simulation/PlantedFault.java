package identicom.receiver.simulation;

import identicom.receiver.metrics.Outlet;
import identicom.receiver.server.SessionRegistry;
import identicom.receiver.session.Verdict;
import identicom.receiver.whitelist.Judge;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** What a wrong station could do; the simulation must catch each. */
enum PlantedFault {
    ACKNOWLEDGES_BEFORE_DURABLE(WrongPublishers::acknowledgesBeforeDurable),
    TAKES_LOST_FOR_DURABLE(WrongPublishers::takesLostForDurable),
    TAKES_PRIORITY_FOR_MAIN(WrongPublishers::takesPriorityForMain),
    WRONG_TOPIC(WrongPublishers::wrongTopic),
    WRONG_LOG(WrongPublishers::wrongLog),
    WRONG_SERIAL(WrongPublishers::wrongSerial),
    DROPS_AT_A_FULL_QUEUE_AND_ACKNOWLEDGES(WrongPublishers::dropsAtAFullQueue),
    DROPS_WHILE_MAIN_IS_SILENT_AND_ACKNOWLEDGES(WrongPublishers::dropsWhileSilent),
    CRITICAL_ONLY_TO_MAIN(() -> swallowing(Outlet.CRITICAL_PRIORITY)),
    CRITICAL_ONLY_TO_PRIORITY(() -> swallowing(Outlet.CRITICAL_MAIN)),
    DROPS_A_PICTURE_BLOCK(WrongPublishers::dropsABlock),
    ACKNOWLEDGES_BLOCKS_BEFORE_DURABLE(WrongPublishers::acknowledgesBlocksAtOnce),
    MOVES_A_PICTURE_BLOCK(WrongPublishers::movesABlock),
    SPOILS_A_PICTURE_BLOCK(WrongPublishers::spoilsABlock),
    TELLS_PROGRESS_TOO_EARLY(WrongPublishers::tellsProgressTooEarly),
    FORGETS_PROGRESS_TOO_EARLY(WrongPublishers::forgetsProgressTooEarly),
    KEEPS_NO_PROGRESS(() -> swallowing(Outlet.PICTURE_PROGRESS)),
    DROPS_OPENED_RECORDS(WrongPublishers::dropsOpened),
    CLAIMS_MORE_THAN_IT_HEARD(WrongPublishers::claimsTooMuch),
    SAYS_TWICE_THAT_IT_ENDED(WrongPublishers::closesTwice),
    DROPS_QUARANTINE(WrongPublishers::dropsQuarantine),
    QUARANTINE_ONLY_ON_MAIN(() -> swallowing(Outlet.QUARANTINE_PRIORITY)),
    TAKES_A_PUSH_FOR_AN_ANSWER(WrongMessages::takesAPushForAnAnswer),
    DELETES_ONE_TOO_MANY(WrongMessages::deletesOneTooMany),
    DELETES_WHAT_IT_READ(WrongMessages::deletesWhatItRead),
    OVERLOOKS_ANOTHER_MEMORY(WrongMessages::overlooksAnotherMemory),
    REPEATS_AN_OLD_DELETE(WrongMessages::repeatsAnOldDelete),
    SKIPS_ENTRIES(WrongMessages::skipsEntries),
    ASKS_TWICE(WrongMessages::asksTwice),
    ASKS_BEFORE_THE_VERDICT(WrongMessages::asksEverybody),
    NEVER_BELIEVES_A_PICTURE(WrongMessages::neverBelievesAPicture),
    LEAKS_A_BUFFER(WrongMessages::leaks),
    SENDS_UNDER_ANOTHER_TICKET(WrongCommands::underAnotherTicket),
    SENDS_ANOTHER_COMMAND(WrongCommands::anotherCommand),
    SENDS_WHAT_HAS_EXPIRED(WrongCommands::whatHasExpired),
    SENDS_ANOTHER_UNITS_COMMAND(WrongCommands::anotherUnits),
    SENDS_A_COMMAND_AGAIN_AND_AGAIN(WrongCommands::againInTheSameSession),
    TAKES_SENT_FOR_ANSWERED(WrongCommands::takesSentForAnswered),
    TELLS_ANOTHER_ANSWER(WrongCommands::tellsAnotherAnswer),
    TELLS_NO_ANSWER(() -> swallowing(Outlet.COMMAND_RESULTS)),
    FORGETS_THE_ANSWER_TIMER(() -> forgetting(30)),
    FORGETS_THE_LINGER_TIMER(() -> forgetting(5)),
    FORGETS_THE_SETTLE_TIMER(() -> forgetting(9)),
    FORGETS_THE_IDENTIFICATION_TIMER(() -> forgetting(10)),
    FORGETS_THE_REFUSAL_TIMER(() -> forgetting(3)),
    SERVES_STRANGERS(() -> judging(verdict -> verdict.refused() ? Verdict.whitelisted(Long.MAX_VALUE) : verdict)),
    TRUSTS_WITHOUT_ASKING(
            () -> judging(verdict -> verdict == Verdict.UNVERIFIED ? Verdict.whitelisted(Long.MAX_VALUE) : verdict)),
    NEVER_ANSWERS_FOR_A_SERIAL(() -> new Plant() {
        @Override
        public Judge judge(Judge right) {
            return (serial, answer) -> {};
        }
    }),
    NEVER_REPLACES_A_SESSION(() -> new Plant() {
        @Override
        public SessionRegistry registry(SessionRegistry right) {
            return new SessionRegistry();
        }
    });

    private final Supplier<Plant> plant;

    PlantedFault(Supplier<Plant> plant) {
        this.plant = plant;
    }

    Plant plant() {
        return plant.get();
    }

    private static Plant swallowing(Outlet swallowed) {
        return new Plant() {
            @Override
            public boolean swallows(Outlet outlet) {
                return outlet == swallowed;
            }
        };
    }

    private static Plant forgetting(int seconds) {
        return new Plant() {
            @Override
            public boolean forgets(long delayNanos) {
                return delayNanos == TimeUnit.SECONDS.toNanos(seconds);
            }
        };
    }

    private static Plant judging(UnaryOperator<Verdict> wrong) {
        return new Plant() {
            @Override
            public Judge judge(Judge right) {
                return (serial, answer) -> right.judge(serial, verdict -> answer.accept(wrong.apply(verdict)));
            }
        };
    }
}
