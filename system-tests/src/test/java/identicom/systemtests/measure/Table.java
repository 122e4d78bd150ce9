package identicom.systemtests.measure;

import identicom.systemtests.measure.Quantity.Kind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a piece of each kind costs, as a table in Markdown: a column for each kind of piece, a row for each quantity. */
final class Table {
    private static final Logger LOG = LoggerFactory.getLogger(Table.class);
    private static final double LEAST = 0.5;

    private final Map<String, Spent> columns = new LinkedHashMap<>();

    /** Said at once, too: a measurement that is broken off has said what it knows. @param piece such as {@code session} */
    void add(String piece, Spent each) {
        columns.put(piece, each);
        LOG.info("{}: {}", piece, new TreeMap<>(each.amounts()));
    }

    String text() {
        StringBuilder text = new StringBuilder("| |");
        columns.keySet().forEach(piece -> text.append(' ').append(piece).append(" |"));
        text.append("\n|---").append("|---:".repeat(columns.size())).append("|\n");
        for (Kind kind : Kind.values()) {
            kind(kind, text);
        }
        return text.toString();
    }

    private void kind(Kind kind, StringBuilder text) {
        for (Quantity quantity : columns.values().stream()
                .flatMap(each -> each.amounts().keySet().stream())
                .filter(quantity -> quantity.kind() == kind)
                .collect(Collectors.toCollection(TreeSet::new))) {
            if (columns.values().stream().anyMatch(each -> Math.abs(each.of(quantity)) >= LEAST)) {
                row(kind.title() + ": " + quantity.of(), each -> each.of(quantity), text);
            }
        }
        row("**" + kind.title() + "**", each -> sum(each, kind), text);
    }

    private void row(String name, ToDoubleFunction<Spent> cell, StringBuilder text) {
        text.append("| ").append(name).append(" |");
        columns.values().forEach(each -> text.append(" %,.0f |".formatted(cell.applyAsDouble(each))));
        text.append('\n');
    }

    private static double sum(Spent each, Kind kind) {
        return each.amounts().entrySet().stream()
                .filter(amount -> amount.getKey().kind() == kind)
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }
}
