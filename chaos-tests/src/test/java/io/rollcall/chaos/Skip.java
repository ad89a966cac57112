package io.rollcall.chaos;

import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** Scenarios that cannot run on every machine. A skip is shown as one, with its reason, and never as a pass. */
final class Skip {

    private Skip() {}

    /**
     * Skips the scenario unless the machine has what it needs.
     *
     * @param missing what is missing; empty if nothing is
     */
    static void unless(Optional<String> missing) {
        Assumptions.assumeTrue(missing.isEmpty(), () -> missing.orElse(""));
    }
}
