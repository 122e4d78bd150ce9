package identicom.systemtests.torture;

import java.util.List;
import java.util.stream.Stream;

/** A part of the installation that can fail by itself. */
enum Part {
    STATION_1("station-1", Kind.STATION),
    STATION_2("station-2", Kind.STATION),
    FLEET_SERVICE("fleet-service-1", Kind.SERVICE),
    ALERT_SERVICE("alert-service-1", Kind.SERVICE),
    LOG_SERVICE("log-service-1", Kind.SERVICE),
    MEDIA_SERVICE("media-service-1", Kind.SERVICE),
    MAIN_1("main-1", Kind.BROKER),
    MAIN_2("main-2", Kind.BROKER),
    MAIN_3("main-3", Kind.BROKER),
    PRIORITY("priority-1", Kind.BROKER),
    POSTGRES("postgres", Kind.DATABASE);

    enum Kind {
        STATION,
        SERVICE,
        BROKER,
        DATABASE
    }

    private final String title;
    private final Kind kind;

    Part(String title, Kind kind) {
        this.title = title;
        this.kind = kind;
    }

    static Part titled(String title) {
        return Stream.of(values())
                .filter(part -> part.title.equals(title))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("part: " + title));
    }

    String title() {
        return title;
    }

    Kind kind() {
        return kind;
    }

    /** Whether it is a process of the product's own. */
    boolean isOurs() {
        return kind == Kind.STATION || kind == Kind.SERVICE;
    }

    /** Which broker of its cluster it is, from 0. */
    int broker() {
        return this == MAIN_2 ? 1 : this == MAIN_3 ? 2 : 0;
    }

    /** Those of an installation with so many brokers of main. */
    static List<Part> of(int mainBrokers) {
        return Stream.of(values())
                .filter(part -> part == PRIORITY || part.broker() < mainBrokers)
                .toList();
    }
}
