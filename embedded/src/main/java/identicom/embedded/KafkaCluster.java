package identicom.embedded;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/**
 * Several real brokers that are one cluster, on this machine, each in a process of its own that can be killed and started again. Not
 * safe for threads.
 */
public final class KafkaCluster implements AutoCloseable {
    private final List<KafkaBroker> brokers;

    private KafkaCluster(List<KafkaBroker> brokers) {
        this.brokers = brokers;
    }

    /**
     * Starts so many and waits until clients can connect to each.
     *
     * @param options of each; its folder holds theirs, its port is 0
     * @throws IOException one did not start; none is left
     */
    public static KafkaCluster start(KafkaBroker.Options options, int size) throws IOException {
        return start(Collections.nCopies(size, options));
    }

    /**
     * The same, where they differ in port or settings.
     *
     * @param each in the order of their ids; the folder of all of them holds theirs
     */
    public static KafkaCluster start(List<KafkaBroker.Options> each) throws IOException {
        List<Integer> controllerPorts = new ArrayList<>();
        for (int i = 0; i < each.size(); i++) {
            controllerPorts.add(Ports.free());
        }
        List<Future<KafkaBroker>> starting = new ArrayList<>();
        try (ExecutorService together = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int id = 1; id <= each.size(); id++) {
                KafkaBroker.Options one = each.get(id - 1).ofNode(new KafkaBroker.Node(id, controllerPorts));
                starting.add(together.submit(() -> KafkaBroker.start(one)));
            }
        }
        return new KafkaCluster(started(starting));
    }

    private static List<KafkaBroker> started(List<Future<KafkaBroker>> starting) throws IOException {
        List<KafkaBroker> started = new ArrayList<>();
        IOException failure = null;
        for (Future<KafkaBroker> one : starting) {
            try {
                started.add(one.get());
            } catch (ExecutionException e) {
                failure = new IOException("a broker of the cluster did not start", e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                failure = new IOException("interrupted", e);
            }
        }
        if (failure != null) {
            started.forEach(KafkaBroker::close);
            throw failure;
        }
        return started;
    }

    /** What clients set as {@code bootstrap.servers}: all of them. */
    public String bootstrapServers() {
        return brokers.stream().map(KafkaBroker::bootstrapServers).collect(Collectors.joining(","));
    }

    /** The process of one. @param index from 0 */
    public long pid(int index) {
        return brokers.get(index).pid();
    }

    /** Whether the process of one runs. @param index from 0 */
    public boolean isAlive(int index) {
        return brokers.get(index).isAlive();
    }

    /** {@code kill -9} of one. @param index from 0 */
    public void kill(int index) throws InterruptedException {
        brokers.get(index).kill();
    }

    /** Starts one again that was killed. @param index from 0 */
    public void restart(int index) throws IOException {
        brokers.set(index, brokers.get(index).restart());
    }

    @Override
    public void close() {
        try (ExecutorService together = Executors.newVirtualThreadPerTaskExecutor()) {
            brokers.forEach(broker -> together.execute(broker::close));
        }
    }
}
