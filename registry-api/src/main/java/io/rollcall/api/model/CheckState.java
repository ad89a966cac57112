package io.rollcall.api.model;

/** What the health check of an instance has come to. Until it has, the instance is {@code starting}. */
public enum CheckState {
    /** The last {@code successes} checks were good. */
    PASSING,
    /** It answers, and asks for less. */
    WARNING,
    /** The last {@code retries} checks failed. */
    CRITICAL
}
