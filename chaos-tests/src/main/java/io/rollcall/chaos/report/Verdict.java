package io.rollcall.chaos.report;

/** How a scenario ended. */
public enum Verdict {
    /** All that was checked held. */
    PASSED,
    /** Something did not. */
    FAILED,
    /** It could not run on this machine. */
    SKIPPED
}
