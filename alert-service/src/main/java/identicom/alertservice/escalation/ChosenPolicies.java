package identicom.alertservice.escalation;

import identicom.alertservice.escalation.Policy.Level;
import identicom.alertservice.escalation.Policy.Target;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The policies that alerts take when they are raised: no alert waits because a policy cannot be read. It then takes
 * {@code default}, and where that cannot be read either, the one that this code brings: the screens.
 */
final class ChosenPolicies {

    private static final Logger LOG = LoggerFactory.getLogger(ChosenPolicies.class);

    /** What {@code default} is until somebody changes it. */
    static final List<Level> BUILT_IN =
            List.of(new Level(0, List.of(new Target(Policy.SCREEN, null, null, null)), null));

    /** One that an alert takes. */
    record Chosen(String name, List<Level> levels) {}

    private final Map<String, String> documents;
    private final Map<String, Chosen> read = new HashMap<>();

    private ChosenPolicies(Map<String, String> documents) {
        this.documents = documents;
    }

    static ChosenPolicies of(Connection tx, Collection<String> names) throws SQLException {
        Set<String> all = new HashSet<>(names);
        all.add(Policy.DEFAULT);
        return new ChosenPolicies(PolicyTable.documents(tx, all));
    }

    Chosen named(String name) {
        return read.computeIfAbsent(name, this::readable);
    }

    private Chosen readable(String name) {
        List<Level> levels = levels(name);
        if (levels != null) {
            return new Chosen(name, levels);
        }
        List<Level> usual = name.equals(Policy.DEFAULT) ? null : levels(Policy.DEFAULT);
        return new Chosen(Policy.DEFAULT, usual == null ? BUILT_IN : usual);
    }

    private @Nullable List<Level> levels(String name) {
        String document = documents.get(name);
        try {
            List<Level> levels = document == null ? List.of() : Policy.levels(document);
            if (!levels.isEmpty()) {
                return levels;
            }
            LOG.error("policy {} is not there or has no levels: alerts take another for it", name);
        } catch (UncheckedIOException e) {
            LOG.error("policy {} cannot be read: alerts take another for it", name, e);
        }
        return null;
    }
}
