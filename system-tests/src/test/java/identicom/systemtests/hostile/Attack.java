package identicom.systemtests.hostile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Many connections of somebody who means harm, each on a virtual thread and cut off by a reset at its end, from as many
 * addresses of this machine as its {@link Sources} say. Bounded: no more than {@value #MOST_OPEN} at a time.
 */
final class Attack implements AutoCloseable {
    private static final int MOST_OPEN = 6_000;
    private static final int CONNECT_TIMEOUT_MS = 30_000;
    private static final int READ_TIMEOUT_MS = 60_000;
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long STOP_SECONDS = 30;

    private final InetSocketAddress station;
    private final Sources sources;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger connected = new AtomicInteger();
    private final AtomicInteger finished = new AtomicInteger();
    private volatile boolean over;

    /** What is done with a connection; it ends with it, or when the station ends it. */
    @FunctionalInterface
    interface Line {
        /** @param number of the connection in this attack, from 0 */
        void talk(Socket socket, int number) throws Exception;
    }

    /** Where a connection comes from. */
    @FunctionalInterface
    interface Sources {
        Sources MANY = number -> "127.0.2." + (1 + number % 250);

        String of(int number);

        static Sources one(String address) {
            return number -> address;
        }
    }

    Attack(InetSocketAddress station, Sources sources) {
        this.station = station;
        this.sources = sources;
    }

    /** So many new connections a second, until it is over. */
    Attack eachSecond(int count, Line line) {
        long startedNanos = System.nanoTime();
        threads.execute(() -> {
            for (long number = 0; !over; ) {
                long due = (System.nanoTime() - startedNanos) * count / TimeUnit.SECONDS.toNanos(1);
                for (; number < due && open.size() < MOST_OPEN; number++) {
                    threads.execute(() -> once(line));
                }
                LockSupport.parkNanos(TICK_NANOS);
            }
        });
        return this;
    }

    /** So many connections at a time, each made anew when it has ended, until it is over. */
    Attack atOnce(int count, Line line) {
        for (int one = 0; one < count; one++) {
            threads.execute(() -> {
                while (!over) {
                    once(line);
                }
            });
        }
        return this;
    }

    /** So many connections, each once. */
    Attack once(int count, Line line) {
        for (int one = 0; one < count; one++) {
            threads.execute(() -> once(line));
        }
        return this;
    }

    private void once(Line line) {
        int number = begun.getAndIncrement();
        try (Socket socket = new Socket()) {
            open.add(socket);
            try {
                socket.setSoLinger(true, 0);
                socket.setTcpNoDelay(true);
                socket.setSoTimeout(READ_TIMEOUT_MS);
                socket.bind(new InetSocketAddress(InetAddress.getByName(sources.of(number)), 0));
                socket.connect(station, CONNECT_TIMEOUT_MS);
                connected.incrementAndGet();
                line.talk(socket, number);
                finished.incrementAndGet();
            } finally {
                open.remove(socket);
            }
        } catch (IOException ended) {
            LockSupport.parkNanos(
                    TICK_NANOS); // the station has ended it, or there is no room: again, but not in a busy loop
        } catch (Exception wrong) {
            throw new IllegalStateException("an attack that is wrong itself", wrong);
        }
    }

    /** Connections that were made. */
    int connected() {
        return connected.get();
    }

    /** Connections whose line came to its own end. */
    int finished() {
        return finished.get();
    }

    /** Cuts every connection. */
    @Override
    public void close() {
        over = true;
        threads.shutdown();
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(STOP_SECONDS);
        while (!threads.isTerminated()) {
            open.forEach(Attack::cut);
            if (System.nanoTime() > until) {
                throw new IllegalStateException(open.size() + " connections of an attack do not end");
            }
            LockSupport.parkNanos(TICK_NANOS);
        }
    }

    private static void cut(Socket socket) {
        try {
            socket.close();
        } catch (IOException wrong) {
            throw new UncheckedIOException(wrong);
        }
    }
}
