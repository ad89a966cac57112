package io.rollcall.server.leader;

import java.time.Instant;

/** A decision to let nothing expire, of one service or of all, until it heals, is released, or its time is over. */
final class Hold {

    final String reason;
    final Instant since;
    final Instant endsBy;
    final long endsAtNanos;

    /** Whether what it holds is let go: what is overdue from then on passes, too. */
    boolean releasing;

    Hold(String reason, Instant since, Instant endsBy, long endsAtNanos) {
        this.reason = reason;
        this.since = since;
        this.endsBy = endsBy;
        this.endsAtNanos = endsAtNanos;
    }
}
