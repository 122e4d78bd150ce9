package identicom.receiver.server;

import com.google.protobuf.UnsafeByteOperations;
import identicom.receiver.progress.ProgressBook;
import identicom.receiver.publish.Receipt;
import identicom.receiver.session.Effect;
import identicom.receiver.session.Input;
import identicom.receiver.session.SessionState;
import identicom.schema.Cluster;
import identicom.schema.v1.PictureBlock;
import identicom.schema.v1.PictureProgress;
import identicom.wire.message.PictureEntry;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What one session publishes and asks about its unit's pictures. Event loop only. */
final class SessionPictures {
    private static final long LOOK_MS = 100;

    private final Station station;
    private final String sessionId;
    private final EventLoop loop;
    private final Supplier<SessionState> state;
    private final Consumer<Input> inputs;

    SessionPictures(
            Station station, String sessionId, EventLoop loop, Supplier<SessionState> state, Consumer<Input> inputs) {
        this.station = station;
        this.sessionId = sessionId;
        this.loop = loop;
        this.state = state;
        this.inputs = inputs;
    }

    void publish(String serial, Effect.PublishPicture piece) {
        station.metrics().pictureBlock(piece.data().size());
        PictureBlock block = PictureBlock.newBuilder()
                .setIdentity(ProgressBook.identity(serial, piece.picture()))
                .setOffset((int) piece.offset())
                .setData(UnsafeByteOperations.unsafeWrap(piece.data().asByteBuffer()))
                .setSessionId(sessionId)
                .setStation(station.name())
                .setReadAtUs(piece.readAtUs())
                .setTooLarge(piece.tooLarge())
                .setCorrupt(piece.corrupt())
                .setReading(piece.reading())
                .build();
        station.publisher().picture(block, new Told(piece.number(), () -> {}));
    }

    void save(String serial, Effect.SaveProgress saving) {
        PictureProgress progress = ProgressBook.progress(
                serial, saving.position(), station.name(), station.nowUs().getAsLong());
        station.publisher()
                .pictureProgress(
                        progress,
                        new Told(saving.number(), () -> station.progress().note(progress)));
    }

    void forget(String serial, PictureEntry picture) {
        var identity = ProgressBook.identity(serial, picture);
        station.progress().forget(identity);
        station.publisher().pictureGone(identity);
    }

    /** Answered here and now, or once the station knows, or when that takes too long. */
    void recall(String serial, List<PictureEntry> pictures) {
        recall(serial, pictures, station.nanoTime().getAsLong());
    }

    private void recall(String serial, List<PictureEntry> pictures, long sinceNanos) {
        ProgressBook book = station.progress();
        long waited = station.nanoTime().getAsLong() - sinceNanos;
        if (book.caughtUp() || waited >= book.patience().toNanos()) {
            inputs.accept(new Input.Recalled(pictures.stream()
                    .map(picture -> book.position(serial, picture))
                    .toList()));
        } else {
            loop.schedule(() -> recallAgain(serial, pictures, sinceNanos), LOOK_MS, TimeUnit.MILLISECONDS);
        }
    }

    private void recallAgain(String serial, List<PictureEntry> pictures, long sinceNanos) {
        if (state.get() instanceof SessionState.Recalling) {
            recall(serial, pictures, sinceNanos);
        }
    }

    /** What main says of one record, brought back to the event loop. */
    private final class Told implements Receipt {
        private final long number;
        private final Runnable durable;

        /** @param durable called first, on any thread, once main has the record */
        Told(long number, Runnable durable) {
            this.number = number;
            this.durable = durable;
        }

        @Override
        public void acknowledged(Cluster cluster, long atUs) {
            durable.run();
            loop.execute(() -> inputs.accept(new Input.Acknowledged(number)));
        }

        @Override
        public void lost(Cluster cluster) {
            loop.execute(() -> inputs.accept(new Input.Lost(number)));
        }
    }
}
