package identicom.alertservice.supervision.rule;

import java.util.ArrayList;
import java.util.List;

/** Units that can fall silent for one reason. @param name empty for the fleet */
public record Group(Scope scope, String name) {

    /** Largest first: it wins. */
    public enum Scope {
        FLEET,
        NETWORK,
        SITE
    }

    public static final Group FLEET = new Group(Scope.FLEET, "");

    /** Those that a unit belongs to, largest first. */
    public static List<Group> of(Unit unit) {
        return of(unit.network(), unit.plan().site());
    }

    public static List<Group> of(String network, String site) {
        List<Group> groups = new ArrayList<>(List.of(FLEET));
        if (!network.isEmpty()) {
            groups.add(new Group(Scope.NETWORK, network));
        }
        if (!site.isEmpty()) {
            groups.add(new Group(Scope.SITE, site));
        }
        return groups;
    }

    /** As an alert says what it is about. */
    public String subject() {
        return switch (scope) {
            case FLEET -> "fleet";
            case NETWORK -> "network " + name;
            case SITE -> "site " + name;
        };
    }
}
