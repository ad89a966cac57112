package io.rollcall.server.app;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The figures of the leader's canary, through any node. Thread-safe; no method blocks. */
public final class CanaryFigures {

    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(1);

    private final CanaryReport own;
    private final PeerDesk peers;

    /**
     * The figures as a node finds them.
     *
     * @param own what this member knows, if it leads
     * @param peers the way to the leader
     */
    public CanaryFigures(CanaryReport own, PeerDesk peers) {
        this.own = own;
        this.peers = peers;
    }

    /**
     * Asks for them.
     *
     * @return UTF-8 JSON; empty if nobody leads, or measures; never fails
     */
    CompletableFuture<Optional<byte[]>> ask() {
        byte[] figures = own.figures();
        String leader = peers.leader();
        if (figures != null || leader == null || leader.equals(peers.self())) {
            return CompletableFuture.completedFuture(Optional.ofNullable(figures));
        }
        return peers.ask(leader, PeerQuestion.CANARY_FIGURES, new byte[0], ANSWER_TIMEOUT)
                .thenApply(answer -> answer.length == 0 ? Optional.<byte[]>empty() : Optional.of(answer))
                .exceptionally(failure -> Optional.empty());
    }
}
