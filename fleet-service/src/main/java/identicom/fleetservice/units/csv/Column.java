package identicom.fleetservice.units.csv;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The columns that a whitelist file can have, by the names in its header line. */
enum Column {
    SERIAL("serial"),
    WEARER("wearer"),
    PHONE("phone"),
    SITE("site"),
    CHECK_IN_MINUTES("checkInMinutes"),
    GRACE_MINUTES("graceMinutes"),
    STATE("state");

    /** All names, for a person. */
    static final String NAMES =
            Arrays.stream(values()).map(column -> column.header).collect(Collectors.joining(","));

    private final String header;

    Column(String header) {
        this.header = header;
    }

    static Optional<Column> of(String header) {
        return Arrays.stream(values())
                .filter(column -> column.header.equals(header))
                .findFirst();
    }

    String header() {
        return header;
    }
}
