package identicom.helm;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a PromQL expression asks for. Every selector in it has braces: {@code up{}}, never {@code up}. */
record Query(List<Selector> selectors, Set<String> grouped, Set<String> unknown) {
    private static final Pattern SELECTOR = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)\\{([^}]*)}");
    private static final Pattern MATCHER =
            Pattern.compile("([a-zA-Z_]\\w*)\\s*(=~|!~|!=|=)\\s*\"[^\"]*\"\\s*(,|$)\\s*");
    private static final Pattern GROUPING = Pattern.compile("\\b(by|on)\\s*\\(([^)]*)\\)");
    private static final Pattern RANGE = Pattern.compile("\\[\\d+(ms|s|m|h|d)]|\\boffset \\d+(ms|s|m|h|d)\\b");
    private static final Pattern WORD = Pattern.compile("[a-zA-Z_]\\w*");
    private static final Set<String> WORDS = Set.of(
            "and",
            "or",
            "unless",
            "sum",
            "min",
            "max",
            "absent",
            "rate",
            "increase",
            "deriv",
            "histogram_quantile",
            "vector",
            "time");

    /** @param labels those that are matched */
    record Selector(String metric, Set<String> labels) {}

    static Query of(String expression) {
        List<Selector> selectors = new ArrayList<>();
        Set<String> unknown = new TreeSet<>();
        Matcher selector = SELECTOR.matcher(expression);
        while (selector.find()) {
            Set<String> labels = new TreeSet<>();
            Matcher matcher = MATCHER.matcher(selector.group(2));
            while (matcher.find()) {
                labels.add(matcher.group(1));
            }
            if (!matcher.reset().replaceAll("").isEmpty()) {
                unknown.add(selector.group());
            }
            selectors.add(new Selector(selector.group(1), labels));
        }
        Set<String> grouped = new TreeSet<>();
        Matcher grouping = GROUPING.matcher(expression);
        while (grouping.find()) {
            grouped.addAll(List.of(grouping.group(2).split("\\s*,\\s*")));
        }
        String rest =
                GROUPING.matcher(SELECTOR.matcher(expression).replaceAll("0")).replaceAll("");
        WORD.matcher(RANGE.matcher(rest).replaceAll(""))
                .results()
                .map(word -> word.group())
                .filter(word -> !WORDS.contains(word))
                .forEach(unknown::add);
        if (expression.chars().filter(c -> c == '(').count()
                != expression.chars().filter(c -> c == ')').count()) {
            unknown.add("unbalanced parentheses");
        }
        return new Query(selectors, grouped, unknown);
    }
}
