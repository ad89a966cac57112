package io.rollcall.server.app;

import io.rollcall.api.error.Problem;

/** A request that is refused where there is no value to say so. */
public final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    /**
     * A refusal.
     *
     * @param problem what the caller is told
     */
    public RefusedException(Problem problem) {
        // No stack trace: it is an answer, made for whoever asks.
        super(problem.detail(), null, false, false);
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
