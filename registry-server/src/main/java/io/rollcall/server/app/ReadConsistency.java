package io.rollcall.server.app;

import io.rollcall.api.error.ErrorCode;
import io.rollcall.api.error.Problem;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Makes this node as current as a read demands, or says why it is not. Thread-safe; no method blocks. */
public final class ReadConsistency {

    private final Freshness freshness;
    private final String nodeId;
    private final Duration deadline;

    /**
     * The reads of a node.
     *
     * @param freshness how current the node is
     * @param nodeId its id
     * @param deadline how long a read may wait
     */
    public ReadConsistency(Freshness freshness, String nodeId, Duration deadline) {
        this.freshness = freshness;
        this.nodeId = nodeId;
        this.deadline = deadline;
    }

    /**
     * Tells whether this node may answer reads at all.
     *
     * @return null if it may
     */
    public @Nullable Problem refusal() {
        if (freshness.hasCaughtUp()) {
            return null;
        }
        return Refusals.retryable(
                ErrorCode.NOT_READY,
                "node '" + nodeId + "' has not caught up with the cluster since its start; ask another node");
    }

    /**
     * Makes the node current.
     *
     * @param demand how current
     * @return never fails; completed at the deadline at the latest
     */
    public CompletableFuture<ReadGrant> pass(ReadDemand demand) {
        Problem refusal = refusal();
        if (refusal != null) {
            return CompletableFuture.completedFuture(ReadGrant.refused(refusal));
        }
        CompletableFuture<ReadGrant> current = freshEnough(demand);
        if (demand.minIndex() == 0) {
            return current;
        }
        return current.thenCombine(
                freshness.awaitIndex(demand.minIndex(), deadline),
                (grant, reached) -> reached || grant.refusal() != null ? grant : behind(demand.minIndex()));
    }

    private CompletableFuture<ReadGrant> freshEnough(ReadDemand demand) {
        Duration maxStaleness = demand.maxStaleness();
        boolean vouches = maxStaleness == null || freshness.dataAgeMillis() <= maxStaleness.toMillis();
        if (!demand.linearizable() && vouches) {
            return CompletableFuture.completedFuture(ReadGrant.STALE);
        }
        return freshness.barrier(deadline).thenApply(passed -> passed ? ReadGrant.LINEARIZABLE : noLeader());
    }

    private ReadGrant noLeader() {
        return ReadGrant.refused(
                Refusals.retryable(
                        ErrorCode.NO_LEADER,
                        "no leader confirmed within " + deadline.toMillis()
                                + " ms, so that no more than this node's own state could be read; consistency=stale reads that"));
    }

    private ReadGrant behind(long minIndex) {
        return ReadGrant.refused(Refusals.retryable(
                        ErrorCode.NOT_READY,
                        "node '" + nodeId + "' has not applied index " + minIndex + " within " + deadline.toMillis()
                                + " ms")
                .with("minIndex", minIndex));
    }

    /**
     * Returns how long ago this node knew itself current.
     *
     * @return milliseconds; {@link Long#MAX_VALUE} if never since its start
     */
    public long dataAgeMillis() {
        return freshness.dataAgeMillis();
    }
}
