package identicom.receiver.simulation;

import identicom.receiver.commands.Waiting;
import identicom.receiver.publish.Publisher;
import identicom.receiver.publish.StationState;
import identicom.schema.v1.CommandOutcome;
import identicom.schema.v1.CommandResult;
import identicom.wire.message.Command;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Stations that do one thing wrong with commands. */
final class WrongCommands {
    private WrongCommands() {}

    private static Plant waiting(UnaryOperator<Waiting> wrong) {
        return new Plant() {
            @Override
            public Waiting commands(Waiting right) {
                return wrong.apply(right);
            }
        };
    }

    private static Plant sending(UnaryOperator<Command> wrong) {
        return new Plant() {
            @Override
            public void pipeline(ChannelPipeline pipeline) {
                pipeline.addBefore(pipeline.lastContext().name(), null, new ChannelOutboundHandlerAdapter() {
                    @Override
                    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
                        ctx.write(message instanceof Command command ? wrong.apply(command) : message, promise);
                    }
                });
            }
        };
    }

    private static Plant telling(UnaryOperator<CommandResult> wrong) {
        return new Plant() {
            @Override
            public Publisher publisher(Publisher right, StationState state) {
                return new WatchedPublisher(right) {
                    @Override
                    public void commandResult(CommandResult result) {
                        super.commandResult(wrong.apply(result));
                    }
                };
            }
        };
    }

    static Plant underAnotherTicket() {
        return sending(c -> new Command(c.ticket() ^ 1, c.opcode(), c.arguments()));
    }

    static Plant anotherCommand() {
        return sending(c -> new Command(c.ticket(), c.opcode() % 5 + 1, c.arguments()));
    }

    static Plant whatHasExpired() {
        return waiting(right -> (serial, tried, nowUs) -> right.next(serial, tried, 0));
    }

    static Plant anotherUnits() {
        return waiting(right -> (serial, tried, nowUs) -> right.next("UNIT-1", tried, nowUs));
    }

    static Plant againInTheSameSession() {
        return waiting(right -> (serial, tried, nowUs) -> right.next(serial, Set.of(), nowUs));
    }

    static Plant takesSentForAnswered() {
        return telling(
                result -> result.toBuilder().setOutcome(CommandOutcome.ANSWERED).build());
    }

    static Plant tellsAnotherAnswer() {
        return telling(result -> result.toBuilder()
                .setStatus(result.getOutcome() == CommandOutcome.ANSWERED ? result.getStatus() + 1 : 0)
                .build());
    }
}
