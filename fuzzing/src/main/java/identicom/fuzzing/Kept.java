package identicom.fuzzing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Writes what a run has found worth keeping, as lines for corpus files. */
final class Kept {
    private final List<FuzzTarget> targets;

    Kept(List<FuzzTarget> targets) {
        this.targets = targets;
    }

    /** @param file where to; empty: nowhere */
    void write(Path corpus, String file) throws IOException {
        if (file.isEmpty()) {
            return;
        }
        List<String> lines = new ArrayList<>();
        for (int number = 0; number < targets.size(); number++) {
            lines.add("# " + targets.get(number).getClass().getSimpleName());
            for (byte[] input : inputs(corpus)) {
                if (targets.size() == 1) {
                    lines.add(Corpus.line(input));
                } else if (input.length > 0 && (input[0] & 0xff) % targets.size() == number) {
                    lines.add(Corpus.line(Arrays.copyOfRange(input, 1, input.length)));
                }
            }
        }
        Files.write(Path.of(file), lines);
    }

    /** The shortest first. */
    private static List<byte[]> inputs(Path corpus) throws IOException {
        List<byte[]> inputs = new ArrayList<>();
        try (Stream<Path> files = Files.list(corpus)) {
            for (Path path : files.sorted().toList()) {
                inputs.add(Files.readAllBytes(path));
            }
        }
        inputs.sort(Comparator.comparingInt(input -> input.length));
        return inputs;
    }
}
