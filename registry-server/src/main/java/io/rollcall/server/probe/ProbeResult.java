package io.rollcall.server.probe;

import io.rollcall.api.model.Texts;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one check found, and how it knows.
 *
 * @param outcome what was found
 * @param reason printable, at most {@value #MAX_REASON_LENGTH} characters, such as {@code HTTP 503 in 12 ms}
 * @param traceParent what goes on because of it continues this trace; null if it is not sampled
 */
public record ProbeResult(
        Outcome outcome, String reason, @Nullable String traceParent) {

    /** Longest reason, in characters. */
    public static final int MAX_REASON_LENGTH = 200;

    /** Makes the reason fit to be shown, since targets have their say in it. */
    public ProbeResult {
        Objects.requireNonNull(outcome, "outcome");
        reason = Texts.printable(reason, MAX_REASON_LENGTH);
    }

    /**
     * Of no trace.
     *
     * @param outcome what was found
     * @param reason how it is known
     */
    public ProbeResult(Outcome outcome, String reason) {
        this(outcome, reason, null);
    }

    /**
     * The same, of a trace.
     *
     * @param trace what goes on because of it continues this
     * @return a copy
     */
    public ProbeResult of(String trace) {
        return new ProbeResult(outcome, reason, trace);
    }

    static ProbeResult good(String reason) {
        return new ProbeResult(Outcome.GOOD, reason);
    }

    static ProbeResult bad(String reason) {
        return new ProbeResult(Outcome.BAD, reason);
    }
}
