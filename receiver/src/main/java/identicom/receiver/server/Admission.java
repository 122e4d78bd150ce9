package identicom.receiver.server;

import identicom.receiver.metrics.ReceiverMetrics;
import identicom.receiver.metrics.ReceiverMetrics.Drop;
import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The bounds on connections, PROTOCOL.md section 4. All full: the oldest unidentified connection makes room, and where there is
 * none the new one is refused. Too many unidentified 2 s after accept: the oldest of the source address that holds most goes.
 *
 * <p>Any thread. Guarded by {@code this}; connections are dropped outside.
 */
final class Admission {
    private final int most;
    private final int mostOverdue;
    private final ReceiverMetrics metrics;
    private final Set<Ticket> unidentified = new LinkedHashSet<>();
    private final Map<String, NavigableSet<Ticket>> overdueBySource = new HashMap<>();
    private final NavigableMap<Integer, Set<String>> sourcesByCount = new TreeMap<>();
    private long admitted;
    private int open;
    private int overdue;

    Admission(int most, int unidentifiedPercent, ReceiverMetrics metrics) {
        this.most = most;
        this.mostOverdue = Math.max(1, (int) ((long) most * unidentifiedPercent / 100));
        this.metrics = metrics;
    }

    /** One connection's place. */
    final class Ticket {
        private final long number = ++admitted;
        private final Runnable drop;
        private InetSocketAddress source;
        private boolean closed;
        private boolean late;

        private Ticket(InetSocketAddress source, Runnable drop) {
            this.source = source;
            this.drop = drop;
        }

        /** The unit's address, {@code address:port}. */
        String source() {
            synchronized (Admission.this) {
                return text(source);
            }
        }

        /** A load balancer said where the unit really is. */
        void comesFrom(InetSocketAddress really) {
            synchronized (Admission.this) {
                boolean moved = late;
                if (moved) {
                    removeOverdue(this);
                }
                source = really;
                if (moved) {
                    addOverdue(this);
                }
            }
        }

        /** A valid identification came. */
        void identified() {
            synchronized (Admission.this) {
                forget(this);
            }
        }

        /** The time for identification that is granted to everyone is over. */
        void overdue() {
            Ticket victim = null;
            synchronized (Admission.this) {
                if (!closed && unidentified.contains(this)) {
                    addOverdue(this);
                    victim = overdue > mostOverdue ? oldestOfLargest() : null;
                    if (victim != null) {
                        forget(victim);
                    }
                }
            }
            if (victim != null) {
                metrics.dropped(Drop.UNIDENTIFIED);
                victim.drop.run();
            }
        }

        void close() {
            synchronized (Admission.this) {
                if (!closed) {
                    closed = true;
                    open--;
                    forget(this);
                }
            }
        }
    }

    /**
     * A place for a new connection, or null where there is none.
     *
     * @param drop ends the connection that gets the place, when another needs it
     */
    @Nullable Ticket admit(InetSocketAddress source, Runnable drop) {
        Ticket victim = null;
        Ticket place = null;
        synchronized (this) {
            if (open >= most) {
                victim = unidentified.isEmpty() ? null : unidentified.iterator().next();
                if (victim != null) {
                    victim.closed = true;
                    open--;
                    forget(victim);
                }
            }
            if (open < most) {
                place = new Ticket(source, drop);
                open++;
                unidentified.add(place);
            }
        }
        if (victim != null) {
            metrics.dropped(Drop.MADE_ROOM);
            victim.drop.run();
        }
        if (place == null) {
            metrics.dropped(Drop.FULL);
        }
        return place;
    }

    synchronized int open() {
        return open;
    }

    private @Nullable Ticket oldestOfLargest() {
        Map.Entry<Integer, Set<String>> largest = sourcesByCount.lastEntry();
        if (largest == null) {
            return null;
        }
        NavigableSet<Ticket> tickets =
                overdueBySource.get(largest.getValue().iterator().next());
        return tickets == null ? null : tickets.first();
    }

    private void forget(Ticket ticket) {
        unidentified.remove(ticket);
        if (ticket.late) {
            removeOverdue(ticket);
        }
    }

    private void addOverdue(Ticket ticket) {
        ticket.late = true;
        overdue++;
        String host = host(ticket.source);
        Set<Ticket> tickets =
                overdueBySource.computeIfAbsent(host, h -> new TreeSet<>(Comparator.comparingLong(one -> one.number)));
        move(host, tickets.size(), tickets.size() + 1);
        tickets.add(ticket);
    }

    private void removeOverdue(Ticket ticket) {
        ticket.late = false;
        overdue--;
        String host = host(ticket.source);
        Set<Ticket> tickets = overdueBySource.get(host);
        if (tickets == null) {
            throw new IllegalStateException("overdue connection of an unknown source");
        }
        move(host, tickets.size(), tickets.size() - 1);
        tickets.remove(ticket);
        if (tickets.isEmpty()) {
            overdueBySource.remove(host);
        }
    }

    private void move(String host, int from, int to) {
        Set<String> there = sourcesByCount.get(from);
        if (there != null && there.remove(host) && there.isEmpty()) {
            sourcesByCount.remove(from);
        }
        if (to > 0) {
            sourcesByCount.computeIfAbsent(to, count -> new LinkedHashSet<>()).add(host);
        }
    }

    private static String host(InetSocketAddress source) {
        return source.getHostString();
    }

    private static String text(InetSocketAddress source) {
        String host = host(source);
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + source.getPort();
    }
}
