package io.rollcall.server.app;

import io.rollcall.api.error.Problem;

/** A request that is refused where there is no value to say so. */
public final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    RefusedException(Problem problem) {
        super(problem.detail());
        this.problem = problem;
    }

    /**
     * Returns what the caller is told.
     *
     * @return the problem
     */
    public Problem problem() {
        return problem;
    }
}
