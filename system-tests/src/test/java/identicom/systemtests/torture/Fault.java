package identicom.systemtests.torture;

import java.time.Duration;

/**
 * Something that is done to one part, and undone. Everything about it is drawn before; nothing depends on what happens meanwhile.
 */
sealed interface Fault {
    /** Of which kind it is, for the tables of a report. */
    enum Kind {
        KILL("SIGKILL, started again"),
        STOP("SIGSTOP, SIGCONT"),
        DISK("disk full"),
        NETWORK("network lost, or bad"),
        POINT("at a named point");

        private final String title;

        Kind(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }
    }

    Kind kind();

    /** What it is done to; for the units' lines {@code units}. */
    String target();

    /** From the beginning until it is undone. */
    Duration lasts();

    /** {@code kill -9}; afterwards it is started again. */
    record Kill(Part part, Duration lasts) implements Fault {
        @Override
        public Kind kind() {
            return Kind.KILL;
        }

        @Override
        public String target() {
            return part.title();
        }

        @Override
        public String toString() {
            return "%s killed, started again %d ms later".formatted(part.title(), lasts.toMillis());
        }
    }

    /** It stands still, its connections open. */
    record Stop(Part part, Duration lasts) implements Fault {
        @Override
        public Kind kind() {
            return Kind.STOP;
        }

        @Override
        public String target() {
            return part.title();
        }

        @Override
        public String toString() {
            return "%s stopped for %d ms".formatted(part.title(), lasts.toMillis());
        }
    }

    /** There is no room for its data; who falls over is started again. */
    record FullDisk(Part part, Duration lasts) implements Fault {
        @Override
        public Kind kind() {
            return Kind.DISK;
        }

        @Override
        public String target() {
            return part == Part.MEDIA_SERVICE ? "pictures" : part.title();
        }

        @Override
        public String toString() {
            return "the disk of %s full for %d ms".formatted(target(), lasts.toMillis());
        }
    }

    /** What is done to a line. */
    enum Harm {
        /** Each piece comes {@code delay} later. */
        SLOW("slow"),
        TRICKLE("trickling"),
        BLACK_HOLE("swallowing everything"),
        /** Every connection reset, and whoever dials too. */
        REFUSED("reset and refusing"),
        CLOSED("closed in order, then refusing"),
        /** Its address answers nothing any more. */
        GONE("gone from the network"),
        CLIENT_LOST("half open: the client is gone, the server never learns"),
        SERVER_LOST("half open: the server is gone, the client never learns");

        private final String title;

        Harm(String title) {
            this.title = title;
        }
    }

    /**
     * The line before a part, or that of the units, is bad.
     *
     * @param delay of each piece, where it is slow
     */
    record BadLine(String line, Harm harm, Duration delay, Duration lasts) implements Fault {
        static final String UNITS = "units";

        @Override
        public Kind kind() {
            return Kind.NETWORK;
        }

        @Override
        public String target() {
            return line;
        }

        @Override
        public String toString() {
            String by = harm == Harm.SLOW ? " by " + delay.toMillis() + " ms" : "";
            return "the line of %s %s%s for %d ms".formatted(line, harm.title, by, lasts.toMillis());
        }
    }

    /**
     * Killed, or stopped, where it is in a named method.
     *
     * @param hit the time that it comes there, from 1
     */
    record AtPoint(Point point, int hit, boolean killed, Duration lasts) implements Fault {
        @Override
        public Kind kind() {
            return Kind.POINT;
        }

        @Override
        public String target() {
            return point.part().title();
        }

        @Override
        public String toString() {
            return "%s %s, time %d: %s, %s %d ms later"
                    .formatted(
                            point.part().title(),
                            killed ? "killed" : "halted",
                            hit,
                            point,
                            killed ? "started again" : "going on",
                            lasts.toMillis());
        }
    }
}
