package identicom.standalone.command;

import identicom.fleetservice.ForgetWearer;
import identicom.fleetservice.units.InvalidField;
import identicom.fleetservice.units.UnitRules;
import identicom.runtime.config.Configuration;
import identicom.runtime.kafka.Clusters;
import identicom.runtime.kafka.RetriableStorageException;
import identicom.schema.Migrations;
import identicom.schema.erasure.Forgetting;
import identicom.schema.erasure.StillOpenException;
import identicom.schema.erasure.Wearer;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code identicom forget-wearer}. */
@Command(
        name = "forget-wearer",
        description = {
            "Puts a pseudonym in place of a wearer's name and phone, in units, closed alerts and the audit trail, whose rows stay.",
            "With the configuration of fleet-service (database.fleet.…, kafka.…) and the owner's login (database.admin.…)."
                    + " It cannot be undone. Can be run again, with the same pseudonym."
        },
        mixinStandardHelpOptions = true)
public final class ForgetWearerCommand implements Callable<Integer> {
    private static final int LONGEST_BY = 64;
    private static final int LONGEST_REASON = 200;

    @Mixin
    private ConfiguredOptions options = new ConfiguredOptions();

    @Spec
    private CommandSpec spec;

    @Option(names = "--wearer", required = true, paramLabel = "NAME", description = "Exactly as the units have it.")
    private String name = "";

    @Option(names = "--phone", paramLabel = "NUMBER", description = "The wearer's, as the units have it.")
    private String phone = "";

    @Option(
            names = "--reason",
            required = true,
            paramLabel = "TEXT",
            description = "For the audit trail, where it stays: such as \"request 2026-17\".")
    private String reason = "";

    @Option(names = "--by", required = true, paramLabel = "USER", description = "Who does it, for the audit trail.")
    private String by = "";

    @Option(
            names = "--pseudonym",
            paramLabel = "WORD",
            description = "What an earlier run printed (default: forgotten- and 8 random hexadecimal digits).")
    private String pseudonym = "";

    @Option(names = "--dry-run", description = "Only counts what there is.")
    private boolean dryRun;

    @Override
    public Integer call() throws Exception {
        Wearer wearer = wearer();
        Configuration configuration = options.load();
        Required required = new Required(configuration);
        required.password("fleet");
        Migrations.Admin owner = required.owner();
        Clusters clusters = required.clusters();
        String again = dryRun ? "" : " (nothing is lost: correct it and run again with --pseudonym " + wearer + ")";
        try (Forgetting forgetting = Forgetting.begin(owner, wearer)) {
            forgetting.requireNothingOpen();
            Map<String, Long> found = forgetting.count();
            List<String> notes = forgetting.notes();
            if (dryRun) {
                tell(found);
                notes.forEach(out()::println);
                out().println("dry run: nothing was changed");
                return 0;
            }
            Required.topics(clusters);
            ForgetWearer.Order order = new ForgetWearer.Order(wearer.name(), wearer.pseudonym(), by, reason, found);
            forget(configuration, clusters, order, forgetting);
            notes.forEach(out()::println);
            out().println("pseudonym " + wearer);
            tellWhatIsLeft(forgetting.count(), wearer);
            return 0;
        } catch (StillOpenException | RetriableStorageException | SQLException e) {
            throw new FailedException(e.getMessage() + again);
        }
    }

    private void forget(Configuration configuration, Clusters clusters, ForgetWearer.Order order, Forgetting forgetting)
            throws SQLException, InterruptedException, StillOpenException {
        Consumer<String> progress = Progress.on(spec);
        progress.accept("pseudonym " + order.pseudonym());
        Map<String, Long> changed = new LinkedHashMap<>();
        changed.put("fleet.units", (long) ForgetWearer.run(configuration, clusters, order, progress));
        progress.accept("units are changed and published; alerts and audit trail are being changed");
        changed.putAll(forgetting.forget());
        tell(changed);
    }

    private void tell(Map<String, Long> rows) {
        rows.forEach((table, number) -> out().println(table + " " + number));
    }

    private void tellWhatIsLeft(Map<String, Long> left, Wearer wearer) {
        left.forEach((table, number) -> {
            if (number > 0) {
                out().println("left in " + table + " " + number);
            }
        });
        out().println("run again tomorrow with --pseudonym " + wearer
                + ": what services had still in memory or on its way is here by then");
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** @throws ParameterException with everything that is wrong, without name and phone */
    private Wearer wearer() {
        List<String> problems = new ArrayList<>();
        String itsName = rule(problems, () -> UnitRules.text("wearer", name));
        String itsPhone = rule(problems, () -> UnitRules.phone(phone));
        String itsPseudonym = pseudonym.isEmpty() ? randomPseudonym() : pseudonym;
        if (problems.isEmpty()) {
            problems.addAll(Wearer.problems(itsName, itsPhone, itsPseudonym));
        }
        require(problems, "reason", reason, LONGEST_REASON);
        require(problems, "by", by, LONGEST_BY);
        if (!problems.isEmpty()) {
            throw wrong(problems);
        }
        Wearer wearer = new Wearer(itsName, itsPhone, itsPseudonym);
        requireSilent(problems, "reason", reason, wearer);
        requireSilent(problems, "by", by, wearer);
        if (!problems.isEmpty()) {
            throw wrong(problems);
        }
        return wearer;
    }

    private static void requireSilent(List<String> problems, String option, String text, Wearer wearer) {
        if (wearer.isToldBy(text)) {
            problems.add(option + ": has the wearer's name or phone in it (expected: neither, for it stays)");
        }
    }

    /** A hash of a name can be found by hashing names; this can not. */
    private static String randomPseudonym() {
        byte[] random = new byte[4];
        new SecureRandom().nextBytes(random);
        return "forgotten-" + HexFormat.of().formatHex(random);
    }

    /** What the units' rules make of a field. */
    @FunctionalInterface
    private interface Rule {
        String apply() throws InvalidField;
    }

    private static String rule(List<String> problems, Rule rule) {
        try {
            return rule.apply();
        } catch (InvalidField e) {
            problems.add(e.field() + ": not as a unit can have it (expected: " + e.expected() + ")");
            return "";
        }
    }

    private static void require(List<String> problems, String option, String text, int longest) {
        if (text.isBlank() || text.length() > longest || text.chars().anyMatch(Character::isISOControl)) {
            problems.add(option + ": " + text.length() + " characters (expected: 1.." + longest + " in one line)");
        }
    }

    private ParameterException wrong(List<String> problems) {
        return new ParameterException(spec.commandLine(), "--" + String.join("\n--", problems));
    }
}
