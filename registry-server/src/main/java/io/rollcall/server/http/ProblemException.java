package io.rollcall.server.http;

import io.rollcall.api.error.Problem;

/** A problem on its way to the caller. */
final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    ProblemException(Problem problem) {
        // No stack trace: it is an answer, made for any bad request.
        super(problem.detail(), null, false, false);
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }
}
