package identicom.systemtests.torture;

import java.net.InetAddress;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;

/** When each unit of a fleet was put through to a station. Of a fleet of at most 250 each dials from an address of its own. Thread safe. */
final class DialIns {
    private final Map<Integer, ConcurrentSkipListSet<Long>> at = new ConcurrentHashMap<>();

    void put(InetAddress source) {
        int unit = (source.getAddress()[3] & 0xff) - 1;
        at.computeIfAbsent(unit, u -> new ConcurrentSkipListSet<>()).add(System.nanoTime());
    }

    /** The first of a unit from a moment on, by {@link System#nanoTime}. @param unit its number in its fleet */
    OptionalLong first(int unit, long fromNanos) {
        Long found = at.getOrDefault(unit, new ConcurrentSkipListSet<>()).ceiling(fromNanos);
        return found == null ? OptionalLong.empty() : OptionalLong.of(found);
    }

    void forget() {
        at.clear();
    }
}
