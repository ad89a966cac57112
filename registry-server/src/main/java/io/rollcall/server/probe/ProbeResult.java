package io.rollcall.server.probe;

import io.rollcall.api.model.Texts;
import java.util.Objects;

/**
 * What one check found, and how it knows.
 *
 * @param outcome what was found
 * @param reason printable, at most {@value #MAX_REASON_LENGTH} characters, such as {@code HTTP 503 in 12 ms}
 */
public record ProbeResult(Outcome outcome, String reason) {

    /** Longest reason, in characters. */
    public static final int MAX_REASON_LENGTH = 200;

    /** Makes the reason fit to be shown, since targets have their say in it. */
    public ProbeResult {
        Objects.requireNonNull(outcome, "outcome");
        reason = Texts.printable(reason, MAX_REASON_LENGTH);
    }

    static ProbeResult good(String reason) {
        return new ProbeResult(Outcome.GOOD, reason);
    }

    static ProbeResult bad(String reason) {
        return new ProbeResult(Outcome.BAD, reason);
    }
}
