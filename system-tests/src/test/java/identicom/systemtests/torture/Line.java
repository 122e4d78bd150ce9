package identicom.systemtests.torture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * A port of this machine through which everything goes to one or more others, and which can be made as bad as a network at any moment. Who
 * dials in is shared out between the targets that accept, one after the other. At most 2,000 connections; those beyond are hung up on.
 *
 * <p>Thread safe. Two named virtual threads a connection and one that accepts, all ended by {@link #close}.
 */
final class Line implements AutoCloseable {
    private static final int MOST = 2_000;
    private static final int BACKLOG = 512;
    private static final Duration CONNECT = Duration.ofSeconds(1);

    private final String name;
    private final ServerSocket entrance;
    private final List<Integer> targets;
    private final Consumer<InetAddress> connected;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final Semaphore room = new Semaphore(MOST);
    private final AtomicInteger turn = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile Flow flow = Flow.FREE;
    private volatile Duration delay = Duration.ZERO;
    private volatile boolean closed;

    /**
     * @param host that it listens at
     * @param targets ports of this machine
     * @param connected told of the address of each who dialled in and was put through
     */
    Line(String name, InetAddress host, List<Integer> targets, Consumer<InetAddress> connected) throws IOException {
        this.name = name;
        this.targets = List.copyOf(targets);
        this.connected = connected;
        this.entrance = new ServerSocket(0, BACKLOG, host);
        Thread.ofVirtual().name("line " + name).start(this::accept);
    }

    /** Where one dials in, as {@code host:port}. */
    String address() {
        return entrance.getInetAddress().getHostAddress() + ":" + port();
    }

    String name() {
        return name;
    }

    int port() {
        return entrance.getLocalPort();
    }

    /** How it goes from now on, for those that are on it too. @param newDelay of each piece where it is {@link Flow#SLOW} */
    void flow(Flow newFlow, Duration newDelay) {
        lock.lock();
        try {
            flow = newFlow;
            delay = newDelay;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void heal() {
        flow(Flow.FREE, Duration.ZERO);
    }

    /** Every connection ends, at both ends. @param reset by RST, else in order by FIN */
    void cut(boolean reset) {
        links.forEach(link -> link.cut(reset));
    }

    /** One end of every connection is gone; the other is not told, and given up only {@link Link#FORGOTTEN} later. */
    void lose(End end) {
        links.forEach(link -> link.lose(end));
    }

    int connections() {
        return links.size();
    }

    Flow flow() {
        return flow;
    }

    Duration delay() {
        return delay;
    }

    /** Returns when bytes may pass. @throws IOException the line is no more */
    void awaitPassable(Link link) throws IOException {
        lock.lock();
        try {
            while (flow == Flow.BLACK_HOLE && !closed && !link.isOver()) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
        if (closed || link.isOver()) {
            throw new IOException("closed");
        }
    }

    /** A link is over: those that wait for it look again. */
    void ended(Link link) {
        links.remove(link);
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void accept() {
        while (!closed) {
            try {
                Socket client = entrance.accept();
                if (flow == Flow.REFUSED || !room.tryAcquire()) {
                    Link.reset(client);
                } else {
                    Thread.ofVirtual().name("line " + name + " dialled").start(() -> serve(client));
                }
            } catch (IOException e) {
                if (!closed) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void serve(Socket client) {
        Link link = new Link(this, client);
        links.add(link);
        try {
            awaitPassable(link);
            Optional<Socket> server = dial();
            if (server.isPresent()) {
                connected.accept(client.getInetAddress());
                link.run(server.get());
            }
        } catch (IOException gone) {
            // nobody is left to serve
        } finally {
            link.cut(true);
            room.release();
        }
    }

    /** The next target that accepts. */
    private Optional<Socket> dial() {
        int first = turn.getAndIncrement();
        for (int i = 0; i < targets.size(); i++) {
            Socket socket = new Socket();
            try {
                InetAddress here = InetAddress.getByName("127.0.0.1");
                int port = targets.get(Math.floorMod(first + i, targets.size()));
                socket.connect(new InetSocketAddress(here, port), (int) CONNECT.toMillis());
                return Optional.of(socket);
            } catch (IOException away) {
                Link.reset(socket);
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() throws IOException {
        closed = true;
        entrance.close();
        cut(true);
        heal();
    }
}
