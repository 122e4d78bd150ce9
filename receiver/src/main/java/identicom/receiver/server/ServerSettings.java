package identicom.receiver.server;

import identicom.runtime.config.Configuration;
import identicom.runtime.config.Key;
import identicom.runtime.config.Network;
import java.time.Duration;
import java.util.List;

/**
 * How a station serves units.
 *
 * @param port 0: a free one
 * @param trustedProxies networks from which a PROXY protocol version 2 header must come, as {@code 10.0.0.0/8}
 * @param maxConnections 0: as the process's file descriptors allow, at most 50,000
 * @param unidentifiedPercent of the connections that may be unidentified {@code unidentifiedAfter} their accept
 * @param probeInterval how often the load balancer probes: a draining station answers 1 for twice as long
 * @param drainLimit from the closing of the listener to the closing of the last session
 */
public record ServerSettings(
        String host,
        int port,
        int threads,
        List<Network> trustedProxies,
        int maxConnections,
        int unidentifiedPercent,
        Duration unidentifiedAfter,
        SessionLimits limits,
        Duration probeInterval,
        Duration drainLimit,
        Duration heartbeat) {

    /** Time limits of a session, PROTOCOL.md sections 3 and 4. */
    public record SessionLimits(
            Duration silence,
            Duration identification,
            Duration refusal,
            Duration answer,
            Duration settle,
            Duration linger,
            Duration session) {
        /** When the session is brought to its end in good order, before its limit. */
        Duration wrapUp() {
            Duration half = session.dividedBy(2);
            Duration early = session.minus(answer);
            return early.compareTo(half) > 0 ? early : half;
        }
    }

    private static final Key<String> HOST =
            Key.text("units.host", "0.0.0.0", "Address on which units are listened for");
    private static final Key<Integer> PORT =
            Key.integer("units.port", 7700, 0, 65_535, "Port on which units are listened for; 0 picks a free one");
    private static final Key<Integer> THREADS = Key.integer(
            "receiver.threads", 0, 0, 256, "Event loop threads for units; 0: as many as there are processors");
    private static final Key<List<Network>> PROXIES = Key.networks(
            "receiver.trusted-proxies",
            "Networks of load balancers, such as 10.1.0.0/16: from there a PROXY protocol version 2 header must come, from anywhere else none may");
    private static final Key<Integer> CONNECTIONS = Key.integer(
            "receiver.max-connections",
            0,
            0,
            1_000_000,
            "Connections in all; 0: 50000, or the file descriptors of the process less 1000");
    private static final Key<Integer> UNIDENTIFIED = Key.integer(
            "receiver.unidentified-percent",
            20,
            1,
            100,
            "Per cent of the connections that may stay unidentified; beyond it the oldest of the source with most is dropped");
    private static final Key<Duration> UNIDENTIFIED_AFTER = Key.duration(
            "receiver.unidentified-after",
            Duration.ofSeconds(2),
            "How long after accept a connection without identification counts as unidentified");
    private static final Key<Duration> SILENCE = Key.duration(
            "receiver.silence", Duration.ofSeconds(5), "A unit silent for this long is asked once who it is");
    private static final Key<Duration> IDENTIFICATION = Key.duration(
            "receiver.identification-limit", Duration.ofSeconds(10), "From accept to a valid identification");
    private static final Key<Duration> REFUSAL = Key.duration(
            "receiver.refusal", Duration.ofSeconds(3), "How long an unknown unit may still push what it has");
    private static final Key<Duration> ANSWER = Key.duration(
            "receiver.answer-limit", Duration.ofSeconds(30), "Without a byte from the unit while an answer is owed");
    private static final Key<Duration> SETTLE = Key.duration(
            "receiver.settle", Duration.ofSeconds(10), "How long acknowledgements are waited for at a log's end");
    private static final Key<Duration> LINGER = Key.duration(
            "receiver.linger", Duration.ofSeconds(5), "How long the unit's end is waited for after the station's");
    private static final Key<Duration> SESSION =
            Key.duration("receiver.session-limit", Duration.ofMinutes(15), "Whole session");
    private static final Key<Duration> PROBE_INTERVAL = Key.duration(
            "receiver.probe-interval",
            Duration.ofSeconds(2),
            "How often the load balancer probes; a stopping station answers 1 for two intervals while it still serves");
    private static final Key<Duration> DRAIN = Key.duration(
            "receiver.drain-limit",
            Duration.ofSeconds(10),
            "How long sessions have to reach a safe point when the station stops");
    private static final Key<Duration> HEARTBEAT =
            Key.duration("receiver.heartbeat", Duration.ofSeconds(2), "How often the station says that it lives");

    public static final List<Key<?>> KEYS = List.of(
            HOST,
            PORT,
            THREADS,
            PROXIES,
            CONNECTIONS,
            UNIDENTIFIED,
            UNIDENTIFIED_AFTER,
            SILENCE,
            IDENTIFICATION,
            REFUSAL,
            ANSWER,
            SETTLE,
            LINGER,
            SESSION,
            PROBE_INTERVAL,
            DRAIN,
            HEARTBEAT);

    public static ServerSettings from(Configuration c) {
        return new ServerSettings(
                c.get(HOST),
                c.get(PORT),
                c.get(THREADS),
                c.get(PROXIES),
                c.get(CONNECTIONS),
                c.get(UNIDENTIFIED),
                c.get(UNIDENTIFIED_AFTER),
                new SessionLimits(
                        c.get(SILENCE),
                        c.get(IDENTIFICATION),
                        c.get(REFUSAL),
                        c.get(ANSWER),
                        c.get(SETTLE),
                        c.get(LINGER),
                        c.get(SESSION)),
                c.get(PROBE_INTERVAL),
                c.get(DRAIN),
                c.get(HEARTBEAT));
    }
}
