package identicom.systemtests.harness;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** Programs of this machine that tests drive. None is downloaded for them. */
public final class Installed {
    private Installed() {}

    /**
     * The first of these programs that is there. Where there is none the test is skipped, and fails where the environment says {@code CI}.
     *
     * @param debianPackage that brings it
     */
    public static Path program(String debianPackage, String... places) {
        return first(Files::isExecutable, debianPackage, places);
    }

    /** As {@link #program}, for a file that a program reads. */
    public static Path file(String debianPackage, String... places) {
        return first(Files::isReadable, debianPackage, places);
    }

    private static Path first(Predicate<Path> usable, String debianPackage, String... places) {
        return Stream.of(places)
                .map(Path::of)
                .filter(usable)
                .findFirst()
                .orElseGet(() -> missing(debianPackage, List.of(places)));
    }

    private static Path missing(String debianPackage, List<String> places) {
        String missing = "none of " + places + " is there (expected: apt-get install " + debianPackage + ")";
        return System.getenv("CI") == null ? Assumptions.abort(missing) : Assertions.fail(missing);
    }
}
