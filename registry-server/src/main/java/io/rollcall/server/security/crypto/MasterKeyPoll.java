package io.rollcall.server.security.crypto;

import io.rollcall.server.app.ClusterState;
import io.rollcall.server.app.PeerDesk;
import io.rollcall.server.app.PeerQuestion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Asks all members whether they have a master key: what is sealed by it would end those that have not. */
final class MasterKeyPoll {

    private static final Duration ANSWER_MAX = Duration.ofSeconds(2);

    private final MasterKeys own;
    private final ClusterState cluster;
    private final PeerDesk peers;

    MasterKeyPoll(MasterKeys own, ClusterState cluster, PeerDesk peers) {
        this.own = own;
        this.cluster = cluster;
        this.peers = peers;
    }

    /** Those that have not, or did not answer; never fails. */
    CompletableFuture<List<String>> membersWithout(String masterKeyId) {
        List<CompletableFuture<String>> asked = new ArrayList<>();
        for (ClusterState.MemberState member : cluster.snapshot().members()) {
            asked.add(
                    has(member.id(), masterKeyId).handle((has, failure) -> failure == null && has ? "" : member.id()));
        }
        return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
                .thenApply(all -> asked.stream()
                        .map(CompletableFuture::join)
                        .filter(id -> !id.isEmpty())
                        .toList());
    }

    private CompletableFuture<Boolean> has(String member, String masterKeyId) {
        return member.equals(peers.self())
                ? CompletableFuture.completedFuture(own.has(masterKeyId))
                : peers.ask(member, PeerQuestion.MASTER_KEY, KeyAnswers.request(masterKeyId), ANSWER_MAX)
                        .thenApply(KeyAnswers::isYes);
    }
}
