package identicom.runtime.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Finds the operation of a method and a path. A literal segment goes before a variable one. */
final class Router {
    private final List<Operation> operations;

    /** An operation with the values of its path's variables. */
    record Match(Operation operation, Map<String, String> variables) {}

    Router(List<Operation> operations) {
        this.operations = operations.stream()
                .sorted(Comparator.comparingLong(operation -> operation.segments().stream()
                        .filter(Operation::isVariable)
                        .count()))
                .toList();
    }

    /**
     * The operation asked for.
     *
     * @throws Problem 404, 405 or, for a path that is none, 400
     */
    Match find(String method, String rawPath) {
        List<String> asked = segments(rawPath).stream().map(Router::decoded).toList();
        List<Match> matches = new ArrayList<>();
        for (Operation operation : operations) {
            if (matches(operation.segments(), asked)) {
                matches.add(new Match(operation, variables(operation.segments(), asked)));
            }
        }
        if (matches.isEmpty()) {
            throw Problem.notFound("such path");
        }
        return matches.stream()
                .filter(match -> match.operation.method().equals(method))
                .findFirst()
                .orElseThrow(() -> Problem.methodNotAllowed(method, methods(matches)));
    }

    private static String methods(List<Match> matches) {
        return matches.stream()
                .map(match -> match.operation.method())
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }

    static List<String> segments(String path) {
        return Arrays.asList(path.substring(path.startsWith("/") ? 1 : 0).split("/", -1));
    }

    private static String decoded(String segment) {
        String text;
        try {
            text = URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest("path", segment, "percent signs followed by two hexadecimal digits");
        }
        if (text.indexOf('\0') >= 0) {
            throw Problem.badRequest("path", segment, "a text without the control character U+0000");
        }
        return text;
    }

    private static boolean matches(List<String> template, List<String> asked) {
        if (template.size() != asked.size()) {
            return false;
        }
        for (int i = 0; i < template.size(); i++) {
            boolean fits = Operation.isVariable(template.get(i))
                    ? !asked.get(i).isEmpty()
                    : template.get(i).equals(asked.get(i));
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private static Map<String, String> variables(List<String> template, List<String> asked) {
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < template.size(); i++) {
            String segment = template.get(i);
            if (Operation.isVariable(segment)) {
                variables.put(segment.substring(1, segment.length() - 1), asked.get(i));
            }
        }
        return Map.copyOf(variables);
    }
}
