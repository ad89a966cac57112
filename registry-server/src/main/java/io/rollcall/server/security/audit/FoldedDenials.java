package io.rollcall.server.security.audit;

import io.rollcall.server.app.access.AuditEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Denials that were counted, not written down one by one.
 *
 * @param like the first of them, which stands for all
 * @param spread what they have in common with it
 * @param count how many; those that were written down are not among them
 * @param from when the first of them was answered
 * @param to when the last was
 */
record FoldedDenials(AuditEvent like, Spread spread, long count, Instant from, Instant to) {

    /** What may be said of all of them. */
    enum Spread {
        /** Who, from where, and what was asked for. */
        ALIKE,
        /** Who and from where; they asked for many things. */
        OF_ONE_CALLER,
        /** Nothing but that they were denied. */
        OF_MANY_CALLERS
    }

    /** What was asked for; null if it was many things. */
    @Nullable
    String operation() {
        return spread == Spread.ALIKE ? like.operation() : null;
    }
}
