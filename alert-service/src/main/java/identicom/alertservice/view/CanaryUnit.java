package identicom.alertservice.view;

/**
 * The unit whose emergencies are tests of the whole way.
 *
 * @param serial empty: there is none
 */
public record CanaryUnit(String serial) {

    public static final CanaryUnit NONE = new CanaryUnit("");

    /** Of an alert's JSON: its id is its first member, its serial the second. */
    private static final int SERIAL_AT = "{\"id\":\"00000000-0000-0000-0000-000000000000\"".length();

    public boolean configured() {
        return !serial.isEmpty();
    }

    public boolean is(String asked) {
        return configured() && serial.equals(asked);
    }

    /** Whether an alert, written by {@link AlertJson}, is this unit's. Serials have no character that JSON escapes. */
    public boolean isAlertOf(String body) {
        return configured() && body.startsWith(",\"serial\":\"" + serial + "\"", SERIAL_AT);
    }
}
