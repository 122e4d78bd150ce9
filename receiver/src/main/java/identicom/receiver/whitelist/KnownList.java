package identicom.receiver.whitelist;

import java.util.Map;

/**
 * The last known list.
 *
 * @param atUs when it was known to be right, microseconds since 1970 UTC; 0: there is none
 */
record KnownList(long atUs, Map<String, Known> units) {
    static final KnownList NONE = new KnownList(0, Map.of());
}
