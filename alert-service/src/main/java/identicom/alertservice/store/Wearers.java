package identicom.alertservice.store;

import org.jspecify.annotations.Nullable;

/** Who carries a unit, as far as this instance knows. */
@FunctionalInterface
public interface Wearers {
    @Nullable String of(String serial);
}
