package io.rollcall.server.leader;

import io.rollcall.api.model.CheckState;
import io.rollcall.api.model.HealthCheck;
import io.rollcall.server.app.CheckCounts;
import io.rollcall.server.probe.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * What the checks of one incarnation have come to, by this leader's own observations. They begin at nothing, whatever
 * an earlier leader saw: what it counted is not known here.
 */
final class CheckTally {

    private int failures;
    private int successes;
    private @Nullable CheckState observed;
    private @Nullable CheckState known;
    private @Nullable CheckState proposed;

    CheckTally(@Nullable CheckState known) {
        this.known = known;
    }

    /** Notes the state that is in the log. */
    void know(@Nullable CheckState state) {
        known = state;
        if (state == proposed) {
            proposed = null;
        }
    }

    /** The proposal came to nothing. */
    void fail() {
        proposed = null;
    }

    /** True from the first failure to the next result that is none. */
    boolean isFailing() {
        return failures > 0;
    }

    /** True from a result that is no failure to the next failure. */
    boolean isWell() {
        return successes > 0;
    }

    CheckCounts.Counted counted() {
        return new CheckCounts.Counted(failures, successes);
    }

    /** Counts a result, and tells what is to be proposed; null: nothing. */
    @Nullable
    CheckState count(Outcome outcome, HealthCheck check) {
        if (outcome == Outcome.BAD) {
            successes = 0;
            failures = Math.min(failures + 1, check.retries());
            if (failures == check.retries()) {
                observed = CheckState.CRITICAL;
            }
        } else {
            failures = 0;
            successes = Math.min(successes + 1, check.successes());
            boolean isWell = observed == CheckState.PASSING || observed == CheckState.WARNING;
            if (isWell || successes == check.successes()) {
                observed = outcome == Outcome.WARNING ? CheckState.WARNING : CheckState.PASSING;
            }
        }
        return proposal(outcome);
    }

    private @Nullable CheckState proposal(Outcome outcome) {
        CheckState told = proposed == null ? known : proposed;
        // A proposal that failed is made again only by a result that speaks for it.
        boolean confirmed = (observed == CheckState.CRITICAL) == (outcome == Outcome.BAD);
        if (observed == null || observed == told || !confirmed) {
            return null;
        }
        proposed = observed;
        return observed;
    }
}
