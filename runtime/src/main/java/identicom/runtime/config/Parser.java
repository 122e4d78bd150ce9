package identicom.runtime.config;

/** Reads a value's text. */
@FunctionalInterface
public interface Parser<T> {
    /**
     * The value that {@code text} stands for.
     *
     * @throws IllegalArgumentException with what was expected, such as {@code 0..65535}
     */
    T parse(String text);
}
