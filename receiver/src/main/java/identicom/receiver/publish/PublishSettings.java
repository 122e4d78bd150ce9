package identicom.receiver.publish;

import identicom.runtime.config.Configuration;
import identicom.runtime.config.Key;
import java.time.Duration;
import java.util.List;

/**
 * How a station publishes.
 *
 * @param criticalQueue records that may wait for each critical producer
 * @param bulkQueue records that may wait for each other producer, but pictures'
 * @param pictureQueue picture blocks, and progress records, that may wait for their producer
 * @param criticalTimeout after which an urgent record that no broker acknowledged counts as lost
 * @param bulkTimeout the same for the others
 * @param bulkLinger how long a bulk producer collects before it sends
 * @param bulkMemory bytes that each bulk producer may hold
 * @param criticalMemory bytes that each urgent producer may hold
 * @param askInterval how often each cluster is asked for its metadata
 * @param silence without any answer after which a cluster counts as silent
 * @param flush how long each producer has to send what is left when the station stops
 */
public record PublishSettings(
        int criticalQueue,
        int bulkQueue,
        int pictureQueue,
        Duration criticalTimeout,
        Duration bulkTimeout,
        Duration bulkLinger,
        long bulkMemory,
        long criticalMemory,
        Duration askInterval,
        Duration silence,
        Duration flush) {
    private static final Key<Integer> CRITICAL_QUEUE = Key.integer(
            "receiver.publish.critical-queue",
            16_384,
            16,
            1 << 20,
            "Records that may wait for each producer of critical events and quarantine. Full on both clusters: stations read no more until there is room");
    private static final Key<Integer> BULK_QUEUE = Key.integer(
            "receiver.publish.bulk-queue",
            65_536,
            64,
            1 << 22,
            "Records that may wait for each producer of other records but pictures. At three quarters of it no more log is asked of units");
    private static final Key<Integer> PICTURE_QUEUE = Key.integer(
            "receiver.publish.picture-queue",
            16_384,
            64,
            1 << 20,
            "Picture blocks of up to 1 KiB, and progress records, that may wait for their producers. At three quarters of it no more blocks are asked of units");
    private static final Key<Duration> CRITICAL_TIMEOUT = Key.duration(
            "receiver.publish.critical-timeout",
            Duration.ofSeconds(20),
            "After this a critical event that was not acknowledged counts as lost for that cluster; its unit keeps it");
    private static final Key<Duration> BULK_TIMEOUT = Key.duration(
            "receiver.publish.bulk-timeout",
            Duration.ofSeconds(30),
            "After this any other event that was not acknowledged counts as lost; its unit keeps it");
    private static final Key<Duration> BULK_LINGER = Key.duration(
            "receiver.publish.bulk-linger",
            Duration.ofMillis(2),
            "How long records other than critical ones are collected before they are sent");
    private static final Key<Long> BULK_MEMORY = Key.longNumber(
            "receiver.publish.bulk-memory",
            32L << 20,
            1L << 20,
            1L << 32,
            "Bytes that each producer of events other than critical may hold");
    private static final Key<Long> CRITICAL_MEMORY = Key.longNumber(
            "receiver.publish.critical-memory",
            16L << 20,
            1L << 20,
            1L << 32,
            "Bytes that each producer of critical events and quarantine may hold");
    private static final Key<Duration> ASK_INTERVAL = Key.duration(
            "receiver.publish.ask-interval", Duration.ofSeconds(2), "How often each cluster is asked for its metadata");
    private static final Key<Duration> SILENCE = Key.duration(
            "receiver.publish.silence",
            Duration.ofSeconds(5),
            "Without an answer or an acknowledgement for this long a cluster counts as silent");
    private static final Key<Duration> FLUSH = Key.duration(
            "receiver.publish.flush",
            Duration.ofSeconds(3),
            "How long a stopping station waits for what is not sent yet");

    public static final List<Key<?>> KEYS = List.of(
            CRITICAL_QUEUE,
            BULK_QUEUE,
            PICTURE_QUEUE,
            CRITICAL_TIMEOUT,
            BULK_TIMEOUT,
            BULK_LINGER,
            BULK_MEMORY,
            CRITICAL_MEMORY,
            ASK_INTERVAL,
            SILENCE,
            FLUSH);

    public static PublishSettings from(Configuration c) {
        return new PublishSettings(
                c.get(CRITICAL_QUEUE),
                c.get(BULK_QUEUE),
                c.get(PICTURE_QUEUE),
                c.get(CRITICAL_TIMEOUT),
                c.get(BULK_TIMEOUT),
                c.get(BULK_LINGER),
                c.get(BULK_MEMORY),
                c.get(CRITICAL_MEMORY),
                c.get(ASK_INTERVAL),
                c.get(SILENCE),
                c.get(FLUSH));
    }
}
