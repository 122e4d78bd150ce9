package identicom.alertservice.escalation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a policy applies: to alerts of this unit or of the units of this site, of this kind. Null: of any. The most
 * specific one wins: unit and kind, unit, site and kind, site, kind.
 */
@JsonInclude(Include.NON_NULL)
public record Assignment(
        @Nullable String serial,
        @Nullable String site,
        @Nullable String kind,
        String policy) {

    boolean appliesTo(@Nullable String itsSerial, @Nullable String itsSite, String itsKind) {
        return (serial == null || serial.equals(itsSerial))
                && (site == null || site.equals(itsSite))
                && (kind == null || kind.equals(itsKind));
    }

    private int specificity() {
        return (serial == null ? 0 : 4) + (site == null ? 0 : 2) + (kind == null ? 0 : 1);
    }

    /** The name of the policy of an alert. */
    static String choose(List<Assignment> assignments, @Nullable String serial, @Nullable String site, String kind) {
        return assignments.stream()
                .filter(assignment -> assignment.appliesTo(serial, site, kind))
                .max(Comparator.comparingInt(Assignment::specificity))
                .map(Assignment::policy)
                .orElse(Policy.DEFAULT);
    }

    boolean sameAs(Assignment other) {
        return Objects.equals(serial, other.serial)
                && Objects.equals(site, other.site)
                && Objects.equals(kind, other.kind);
    }
}
