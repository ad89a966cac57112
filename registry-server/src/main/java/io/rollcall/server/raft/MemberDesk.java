package io.rollcall.server.raft;

import io.rollcall.server.app.ClusterState;
import io.rollcall.server.app.ClusterState.MemberState;
import io.rollcall.server.app.PeerDesk;
import io.rollcall.server.app.PeerQuestion;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Asks other members on behalf of the parts of a node that are not Raft's. */
final class MemberDesk implements PeerDesk {

    private final ClusterState cluster;
    private final PeerCalls peers;

    MemberDesk(ClusterState cluster, PeerCalls peers) {
        this.cluster = cluster;
        this.peers = peers;
    }

    @Override
    public String self() {
        return cluster.nodeId();
    }

    @Override
    public @Nullable String leader() {
        return cluster.snapshot().leader();
    }

    @Override
    public List<String> reachable() {
        return cluster.snapshot().members().stream()
                .filter(MemberState::reachable)
                .map(MemberState::id)
                .filter(id -> !id.equals(self()))
                .toList();
    }

    @Override
    public CompletableFuture<byte[]> ask(String member, PeerQuestion question, byte[] request, Duration timeout) {
        PeerMethod method = switch (question) {
            case FOLLOWERS -> PeerMethod.FOLLOWERS;
            case ACKNOWLEDGE -> PeerMethod.ACKNOWLEDGE;
            case CANARY -> PeerMethod.CANARY;
            case CANARY_FIGURES -> PeerMethod.CANARY_FIGURES;
            case MASTER_KEY -> PeerMethod.MASTER_KEY;
        };
        return peers.call(member, method, request, timeout);
    }
}
