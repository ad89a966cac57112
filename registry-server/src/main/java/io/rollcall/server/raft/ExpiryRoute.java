package io.rollcall.server.raft;

import io.rollcall.server.app.ExpiryDesk;
import io.rollcall.server.app.LeaderRole;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Asks the leader's expiry governor, whoever leads. */
final class ExpiryRoute implements ExpiryDesk {

    static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(2);

    private static final Duration RETRY = Duration.ofMillis(50);

    private final RaftView raft;
    private final LeaderRole role;
    private final LeaderCalls leader;
    private final Executor executor;

    ExpiryRoute(RaftView raft, LeaderRole role, LeaderCalls leader, Executor executor) {
        this.raft = raft;
        this.role = role;
        this.leader = leader;
        this.executor = executor;
    }

    @Override
    public CompletableFuture<byte @Nullable []> expiry(boolean release, Duration deadline) {
        return attempt(release, System.nanoTime() + deadline.toNanos());
    }

    private CompletableFuture<byte @Nullable []> attempt(boolean release, long deadlineNanos) {
        return once(release).exceptionally(error -> null).thenCompose(answer -> {
            if (answer != null || System.nanoTime() - deadlineNanos >= 0) {
                return CompletableFuture.completedFuture(answer);
            }
            Executor later = CompletableFuture.delayedExecutor(RETRY.toMillis(), TimeUnit.MILLISECONDS, executor);
            return CompletableFuture.<Void>completedFuture(null)
                    .thenComposeAsync(now -> attempt(release, deadlineNanos), later);
        });
    }

    private CompletableFuture<byte @Nullable []> once(boolean release) {
        if (raft.leaderReady()) {
            return CompletableFuture.completedFuture(role.expiry(release));
        }
        byte[] request = {(byte) (release ? 1 : 0)};
        return leader.call(PeerMethod.EXPIRY, request, ANSWER_TIMEOUT).thenApply(answer -> answer);
    }
}
