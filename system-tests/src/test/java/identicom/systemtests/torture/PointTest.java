package identicom.systemtests.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A point that a change of the product has moved away from under it is found here, and not by a schedule that waits for it in vain. */
class PointTest {
    static Stream<Point.Step> steps() {
        return Point.all().stream().flatMap(point -> point.steps().stream()).distinct();
    }

    @ParameterizedTest
    @MethodSource("steps")
    void eachMethodIsThere(Point.Step step) throws ClassNotFoundException {
        List<Method> methods = Arrays.stream(
                        Class.forName(step.type(), false, getClass().getClassLoader())
                                .getDeclaredMethods())
                .filter(method -> method.getName().equals(step.method()))
                .toList();
        assertThat(methods).as(step.toString()).isNotEmpty();
        assertThat(methods)
                .as("the end of a method that returns something is not one place: " + step)
                .allMatch(method -> !step.after() || method.getReturnType() == void.class);
    }
}
