package identicom.wire.event;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What each of the 256 event codes is called and how grave it is. Immutable; any thread. */
public final class EventCatalogue {
    private static final String UNKNOWN = "unknown";
    private static final EventClass UNKNOWN_CLASS = EventClass.HIGH;
    private static final EventCatalogue STANDARD = new EventCatalogue(standardTypes(), floors());

    private final EventType[] types;
    private final EventClass[] floors;

    private EventCatalogue(EventType[] types, EventClass[] floors) {
        this.types = types;
        this.floors = floors;
    }

    /** The catalogue as the protocol has it. */
    public static EventCatalogue standard() {
        return STANDARD;
    }

    /**
     * The standard catalogue with codes put into other classes.
     *
     * @param classByCode event code in hex ({@code 3c}) to class ({@code routine}, {@code high}, {@code critical})
     * @throws IllegalArgumentException naming every entry that is wrong, such as a class below the code's floor
     */
    public static EventCatalogue configured(Map<String, String> classByCode) {
        EventType[] types = STANDARD.types.clone();
        List<String> problems = new ArrayList<>();
        Map<Integer, String> seen = new TreeMap<>();
        new TreeMap<>(classByCode).forEach((codeText, classText) -> {
            int code = code(codeText);
            EventClass eventClass = eventClass(classText);
            if (code < 0) {
                problems.add("event code: " + codeText + " (expected: 00..ff, hexadecimal)");
            } else if (eventClass == null) {
                problems.add(
                        "class of event " + codeText + ": " + classText + " (expected: routine, high or critical)");
            } else if (seen.containsKey(code)) {
                problems.add(
                        "event code: " + codeText + " (expected: once; it is there as " + seen.get(code) + " too)");
            } else if (eventClass.compareTo(STANDARD.floors[code]) < 0) {
                problems.add("class of event " + codeText + " (" + types[code].name() + "): " + classText
                        + " (expected: never below "
                        + STANDARD.floors[code].name().toLowerCase(Locale.ROOT) + ")");
            } else {
                types[code] = new EventType(code, types[code].name(), eventClass);
            }
            seen.putIfAbsent(code, codeText);
        });
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        return new EventCatalogue(types, STANDARD.floors);
    }

    /** The line for {@code code}, 0..255; there is one for every code, known or not. */
    public EventType type(int code) {
        return types[code];
    }

    private static EventType[] standardTypes() {
        EventType[] types = new EventType[256];
        for (int code = 0; code < types.length; code++) {
            types[code] = new EventType(code, UNKNOWN, UNKNOWN_CLASS);
        }
        for (StandardEvent event : StandardEvent.values()) {
            types[event.code()] = new EventType(event.code(), event.title(), event.standardClass());
        }
        return types;
    }

    private static EventClass[] floors() {
        EventClass[] floors = new EventClass[256];
        Arrays.fill(floors, EventClass.ROUTINE);
        for (StandardEvent event : StandardEvent.values()) {
            floors[event.code()] = event.floor();
        }
        return floors;
    }

    private static int code(String text) {
        return text.matches("[0-9a-fA-F]{2}") ? Integer.parseInt(text, 16) : -1;
    }

    private static @Nullable EventClass eventClass(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "routine" -> EventClass.ROUTINE;
            case "high" -> EventClass.HIGH;
            case "critical" -> EventClass.CRITICAL;
            default -> null;
        };
    }
}
