package identicom.systemtests.measure;

import java.util.Comparator;

/**
 * Something that is spent.
 *
 * @param of a part of the installation, a topic, a schema, a direction
 */
record Quantity(Kind kind, String of) implements Comparable<Quantity> {
    enum Kind {
        /** Microseconds. */
        PROCESSOR("processor, µs"),
        /** Bytes in one replica. */
        KAFKA("Kafka, bytes a replica"),
        /** Bytes of tables and indexes. */
        DATABASE("tables and indexes, bytes"),
        /** Bytes. */
        WAL("database's log, bytes"),
        /** Bytes between unit and station, headers of TCP not counted. */
        LINE("line, bytes");

        private final String title;

        Kind(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }
    }

    @Override
    public int compareTo(Quantity other) {
        return Comparator.comparing(Quantity::kind).thenComparing(Quantity::of).compare(this, other);
    }
}
