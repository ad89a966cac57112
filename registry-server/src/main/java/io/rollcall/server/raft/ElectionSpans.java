package io.rollcall.server.raft;

import io.rollcall.server.trace.OpenSpan;
import io.rollcall.server.trace.SpanKeys;
import io.rollcall.server.trace.SpanNames;
import io.rollcall.server.trace.Tracing;
import java.util.List;

/**
 * Tells of the times at which this member knew no leader. That it lost one is seen by looking often; that it knows one, it is
 * told. Thread-safe; called under locks of Ratis, so it never blocks.
 */
final class ElectionSpans {

    private final Tracing tracing;
    private final RaftView raft;

    // Guarded by this.
    private boolean hasLooked;
    private boolean isWithout;
    private long sinceNanos;

    ElectionSpans(Tracing tracing, RaftView raft) {
        this.tracing = tracing;
        this.raft = raft;
    }

    /** To be called every few milliseconds from the start on. */
    synchronized void tick(long nowNanos) {
        if (isWithout) {
            return;
        }
        boolean isFirst = !hasLooked;
        hasLooked = true;
        if (isFirst || raft.leader() == null) {
            isWithout = true;
            // Else since a leader was known last.
            sinceNanos = isFirst ? nowNanos : sinceNanos;
        } else {
            sinceNanos = nowNanos;
        }
    }

    /** This member leads, and may write. */
    void leads(long term) {
        ended("leads", raft.self(), term);
    }

    /** Another member leads. */
    void follows(String leader) {
        ended("follows", leader, raft.term());
    }

    private void ended(String outcome, String leader, long term) {
        long now = System.nanoTime();
        long began;
        synchronized (this) {
            if (!hasLooked) {
                return;
            }
            began = sinceNanos;
            isWithout = false;
            sinceNanos = now;
        }
        OpenSpan span = tracing.root(SpanNames.ELECTION, List.of(), began);
        if (span != null) {
            span.set(SpanKeys.OUTCOME, outcome)
                    .set(SpanKeys.LEADER, leader)
                    .set(SpanKeys.TERM, term)
                    .end(now);
        }
    }
}
