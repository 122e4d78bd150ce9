package identicom.receiver.server;

import identicom.receiver.publish.Receipt;
import identicom.receiver.session.Effect;
import identicom.receiver.session.Input;
import identicom.schema.Cluster;
import identicom.schema.v1.Event;
import identicom.wire.event.EventClass;
import identicom.wire.message.EventEntry;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * What one session publishes of its unit's log, and what comes of it. Event loop only.
 *
 * <p>Critical entries that come faster than {@link CriticalPace} are all published; then the session rests: it is not read from
 * until they are paid for. What it still says stays in its socket and on its unit.
 */
final class SessionEvents {
    private final Station station;
    private final EventLoop loop;
    private final SessionTelling telling;
    private final Consumer<Input> inputs;
    private final Runnable restChanged;
    private final CriticalPace pace;
    private boolean resting;

    /** @param restChanged told when {@link #resting} says something else */
    SessionEvents(
            Station station, EventLoop loop, SessionTelling telling, Consumer<Input> inputs, Runnable restChanged) {
        this.station = station;
        this.loop = loop;
        this.telling = telling;
        this.inputs = inputs;
        this.restChanged = restChanged;
        this.pace = new CriticalPace(station.nanoTime());
    }

    /** Nothing more is to be read from this session for now. */
    boolean resting() {
        return resting;
    }

    /** Critical entries are handed over first, whatever stands before them in the frame. */
    void publish(SessionRecords records, Effect.Publish publish) {
        List<EventEntry> entries = publish.entries();
        for (boolean critical : new boolean[] {true, false}) {
            for (int i = 0; i < entries.size(); i++) {
                EventEntry entry = entries.get(i);
                EventClass eventClass = station.catalogue().type(entry.type()).eventClass();
                if ((eventClass == EventClass.CRITICAL) == critical) {
                    publish(records, publish, entry, eventClass, publish.firstNumber() + i);
                }
            }
        }
        telling.published(entries.size());
        if (!resting && pace.restNanos() > 0) {
            resting = true;
            station.metrics().rested();
            restChanged.run();
            rest();
        }
    }

    private void rest() {
        loop.schedule(this::rested, pace.restNanos(), TimeUnit.NANOSECONDS);
    }

    private void rested() {
        if (pace.restNanos() > 0) {
            rest();
        } else {
            resting = false;
            restChanged.run();
        }
    }

    private void publish(
            SessionRecords records, Effect.Publish publish, EventEntry entry, EventClass eventClass, long number) {
        Event event = records.event(
                entry,
                publish.logId(),
                publish.pushed(),
                publish.standing(),
                publish.readAtUs(),
                publish.decodedAtUs());
        station.metrics().event(eventClass);
        if (eventClass == EventClass.CRITICAL) {
            telling.critical(number, event);
            pace.taken(1);
        }
        station.publisher().event(event, new EntryReceipt(number, eventClass, publish.readAtUs()));
    }

    /** What the brokers say of one entry, brought back to the event loop. */
    private final class EntryReceipt implements Receipt {
        private final long number;
        private final EventClass eventClass;
        private final long readAtUs;

        EntryReceipt(long number, EventClass eventClass, long readAtUs) {
            this.number = number;
            this.eventClass = eventClass;
            this.readAtUs = readAtUs;
        }

        private boolean critical() {
            return eventClass == EventClass.CRITICAL;
        }

        @Override
        public void acknowledged(Cluster cluster, long atUs) {
            if (cluster == Cluster.MAIN) {
                station.metrics().durable(eventClass, atUs - readAtUs);
            }
            loop.execute(() -> {
                if (critical()) {
                    telling.acknowledged(number, cluster, atUs);
                }
                if (cluster == Cluster.MAIN) {
                    inputs.accept(new Input.Acknowledged(number));
                }
            });
        }

        @Override
        public void lost(Cluster cluster) {
            loop.execute(() -> {
                if (critical()) {
                    telling.lost(number);
                }
                if (cluster == Cluster.MAIN) {
                    inputs.accept(new Input.Lost(number));
                }
            });
        }
    }
}
