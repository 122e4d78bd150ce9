package identicom.receiver.simulation;

import identicom.receiver.metrics.Outlet;
import identicom.schema.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * A producer as Kafka's behaves: what it sends arrives in order, late, after its station's death, or never; each record is
 * acknowledged or failed once, by the time limit at the latest, unless the cluster is mute.
 */
final class SimulatedProducer extends MockProducer<byte[], byte[]> {
    private static final long URGENT_LIMIT = TimeUnit.SECONDS.toNanos(20);
    private static final long BULK_LIMIT = TimeUnit.SECONDS.toNanos(30);
    private static final int MOST_UNANSWERED = 10_000;

    private final class Sending {
        private final ProducerRecord<byte[], byte[]> record;
        private final Callback callback;
        private boolean over;

        Sending(ProducerRecord<byte[], byte[]> record, Callback callback) {
            this.record = record;
            this.callback = callback;
        }

        private void acknowledge(Runnable learnt) {
            end(learnt, null);
        }

        private void fail(KafkaException why) {
            world.count(Reached.RECORD_FAILED);
            end(() -> {}, why);
        }

        private void end(Runnable learnt, KafkaException why) {
            if (over) {
                return;
            }
            over = true;
            open.remove(this);
            station.outside(() -> {
                learnt.run();
                callback.onCompletion(null, why);
                if (outlet == Outlet.SESSIONS) {
                    station.published(); // what was lost is sent again
                }
            });
        }
    }

    private final World world;
    private final SimulatedCluster cluster;
    private final SimulatedStation station;
    private final Outlet outlet;
    private final List<Sending> open = new ArrayList<>();
    private long lastArrival;

    SimulatedProducer(World world, SimulatedCluster cluster, SimulatedStation station, Outlet outlet) {
        super(Cluster.empty(), false, null, null, null);
        this.world = world;
        this.cluster = cluster;
        this.station = station;
        this.outlet = outlet;
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
        return send(record, (metadata, failure) -> {});
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
        Sending sending = new Sending(record, callback);
        open.add(sending);
        world.require(open.size() < MOST_UNANSWERED, () -> outlet + " owes too much");
        if (world.plant.swallows(outlet)) {
            world.time.after(world.dice.millis(1, 5), () -> sending.acknowledge(() -> {}));
        } else {
            lastArrival = Math.max(lastArrival + 1, world.time.nanos() + cluster.delay());
            world.time.at(lastArrival, () -> arrive(sending));
        }
        return new CompletableFuture<>();
    }

    private void arrive(Sending sending) {
        if (station.isDead() && world.dice.oneIn(2)) {
            return; // it was still on its way when the station died
        }
        if (!cluster.takes()) {
            cluster.onceItTakes(() -> arrive(sending));
            limit(sending);
        } else if (cluster.mood() == SimulatedCluster.Mood.REFUSING) {
            sending.fail(new KafkaException("refused"));
        } else if (!sending.over || world.dice.oneIn(2)) {
            ProducerRecord<byte[], byte[]> record = sending.record;
            Topic topic = Topic.byName(record.topic()).orElseThrow();
            Runnable learnt = cluster.take(topic, record.key(), record.value(), station);
            world.time.after(cluster.delay(), () -> acknowledge(sending, learnt));
        }
    }

    private void acknowledge(Sending sending, Runnable learnt) {
        boolean forgotten = cluster.mood() == SimulatedCluster.Mood.FORGETFUL && world.dice.oneIn(3);
        if (cluster.takes() && !forgotten) {
            sending.acknowledge(learnt);
            return;
        }
        limit(sending);
        if (!forgotten) {
            cluster.onceItTakes(() -> acknowledge(sending, learnt));
        }
    }

    /** Counted from now: somewhat late, like Kafka's. */
    private void limit(Sending sending) {
        if (cluster.mood() != SimulatedCluster.Mood.MUTE) {
            world.time.after(
                    outlet.urgent() ? URGENT_LIMIT : BULK_LIMIT, () -> sending.fail(new TimeoutException("no answer")));
        }
    }

    @Override
    public List<PartitionInfo> partitionsFor(String topic) {
        if (!cluster.answers()) {
            throw new TimeoutException("no metadata of " + topic);
        }
        return List.of(new PartitionInfo(topic, 0, null, null, null));
    }

    @Override
    public void close() {
        close(Duration.ZERO);
    }

    @Override
    public void close(Duration timeout) {
        new ArrayList<>(open).forEach(sending -> sending.fail(new KafkaException("closed")));
    }
}
