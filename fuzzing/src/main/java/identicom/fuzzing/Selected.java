package identicom.fuzzing;

import java.lang.reflect.Constructor;
import java.util.Arrays;
import java.util.List;

/**
 * What Jazzer calls: one of the targets named by the system property {@value #TARGETS}. Where they are several, the first byte of the
 * input chooses, and the rest is the target's: a process starts for seconds before it runs for seconds, so targets share one.
 */
public final class Selected {
    static final String TARGETS = "identicom.fuzzing.targets";

    private static FuzzTarget[] targets = {};

    private Selected() {}

    /** Called by Jazzer, once. */
    public static void fuzzerInitialize() throws ReflectiveOperationException {
        targets = named(System.getProperty(TARGETS)).toArray(new FuzzTarget[0]);
    }

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        if (targets.length == 1) {
            targets[0].run(input);
        } else if (input.length > 0) {
            targets[(input[0] & 0xff) % targets.length].run(Arrays.copyOfRange(input, 1, input.length));
        }
    }

    /** What Jazzer is given so that target {@code number} of {@code count} gets {@code input}. */
    static byte[] addressed(byte[] input, int number, int count) {
        if (count == 1) {
            return input;
        }
        byte[] addressed = new byte[input.length + 1];
        addressed[0] = (byte) number;
        System.arraycopy(input, 0, addressed, 1, input.length);
        return addressed;
    }

    static String names(List<FuzzTarget> targets) {
        return String.join(
                ",", targets.stream().map(target -> target.getClass().getName()).toList());
    }

    private static List<FuzzTarget> named(String names) throws ReflectiveOperationException {
        FuzzTarget[] made = new FuzzTarget[names.split(",").length];
        for (int i = 0; i < made.length; i++) {
            Constructor<?> constructor = Class.forName(names.split(",")[i]).getDeclaredConstructor();
            constructor.setAccessible(true);
            made[i] = (FuzzTarget) constructor.newInstance();
        }
        return List.of(made);
    }
}
