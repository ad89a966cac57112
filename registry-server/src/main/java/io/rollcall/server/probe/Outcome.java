package io.rollcall.server.probe;

/** What one check found. */
public enum Outcome {
    /** The instance is well. */
    GOOD,
    /** It answers, and asks for less. */
    WARNING,
    /** It does not answer, or says that it is not well. */
    BAD
}
