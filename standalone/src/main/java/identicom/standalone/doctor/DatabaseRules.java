package identicom.standalone.doctor;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * How a database server should be.
 *
 * @param database its name among the keys
 * @param needed connections that one instance of each service looked at opens at most on that server
 */
record DatabaseRules(String database, int needed) {
    static final int OLDEST = 15;
    static final int TRIED = 17;

    private static final int VERSION_UNIT = 10_000;
    private static final Duration CLOCK_LOOKED_AT = Duration.ofSeconds(2);
    private static final Duration CLOCK_BORNE = Duration.ofSeconds(5);

    List<Finding> of(DatabaseFacts facts) {
        return List.of(
                version(facts.version() / VERSION_UNIT), role(facts.powers()), clock(facts.ahead()), places(facts));
    }

    private Finding version(int found) {
        String subject = subject("server");
        String text = "PostgreSQL " + found;
        if (found < OLDEST) {
            return Finding.wrong(
                    subject, text, "at least " + OLDEST + "; " + TRIED + " is tried", "move to a newer server");
        }
        return found < TRIED
                ? Finding.warn(subject, text, TRIED + ", which is tried", "move to a newer server when you can")
                : Finding.ok(subject, text);
    }

    private Finding role(List<String> powers) {
        String subject = subject("role");
        return powers.isEmpty()
                ? Finding.ok(subject, "no privileges of a whole server")
                : Finding.warn(
                        subject,
                        "may do more than its service needs: " + String.join(", ", powers),
                        "a role that ./identicom migrate made",
                        "set database." + database + ".user to that role, or take these away with alter role");
    }

    private Finding clock(Duration ahead) {
        String subject = subject("clock");
        String text = String.format(
                Locale.ROOT,
                "%.1f s %s this machine's",
                ahead.abs().toMillis() / 1_000.0,
                ahead.isNegative() ? "behind" : "ahead of");
        String expected = "at most " + CLOCK_LOOKED_AT.toSeconds() + " s apart";
        String advice = "let both take their time from the same source (chronyc tracking says how far each is off)";
        if (ahead.abs().compareTo(CLOCK_BORNE) > 0) {
            return Finding.wrong(subject, text, expected, advice);
        }
        return ahead.abs().compareTo(CLOCK_LOOKED_AT) > 0
                ? Finding.warn(subject, text, expected, advice)
                : Finding.ok(subject, text);
    }

    private Finding places(DatabaseFacts facts) {
        String subject = subject("connections");
        String text = facts.places() + " in all, " + facts.taken() + " taken now";
        String expected = "room for the " + needed + " that one instance of each service looked at opens at most";
        String advice = "raise max_connections at the server, or end what else is connected";
        if (needed > facts.places()) {
            return Finding.wrong(subject, text, expected, advice);
        }
        return needed > facts.places() - facts.taken()
                ? Finding.warn(subject, text, expected, advice + "; instances that run already count among the taken")
                : Finding.ok(subject, text + ", up to " + needed + " needed");
    }

    private String subject(String what) {
        return "database " + database + ", " + what;
    }
}
