package io.rollcall.server.app;

import io.rollcall.api.error.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Whether this node may answer a read now, and how it was made sure of.
 *
 * @param refusal why not; null if it may
 * @param linearizable whether the barrier was passed
 */
public record ReadGrant(@Nullable Problem refusal, boolean linearizable) {

    static final ReadGrant STALE = new ReadGrant(null, false);
    static final ReadGrant LINEARIZABLE = new ReadGrant(null, true);

    /**
     * A refusal.
     *
     * @param problem why
     * @return the grant that is none
     */
    public static ReadGrant refused(Problem problem) {
        return new ReadGrant(problem, false);
    }
}
