package io.rollcall.server.raft;

import io.rollcall.server.app.ClusterState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.ratis.protocol.RaftPeer;
import org.jspecify.annotations.Nullable;

/** The cluster as this member sees it: its own part now, the others as they answered last. */
final class PolledCluster implements ClusterState {

    /** How often the others are asked. */
    static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

    static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(1);

    /** Without an answer for so long, a member counts as unreachable: two polls and their timeouts. */
    static final Duration REACHABLE_WITHIN = Duration.ofSeconds(3);

    private record Heard(long atNanos, PeerMessages.Status status) {}

    private final LocalDivision raft;
    private final PeerCalls peers;
    private final Map<String, Heard> heard = new ConcurrentHashMap<>();

    PolledCluster(LocalDivision raft, PeerCalls peers) {
        this.raft = raft;
        this.peers = peers;
    }

    /** To be called once an interval. */
    void poll() {
        for (RaftPeer peer : raft.peers()) {
            String id = peer.getId().toString();
            if (!id.equals(raft.self())) {
                Callbacks.onEnd(
                        peers.call(id, PeerMethod.STATUS, PeerMessages.EMPTY, ANSWER_TIMEOUT), (answer, error) -> {
                            // Without an answer what was heard last grows old.
                            if (answer != null) {
                                note(id, answer);
                            }
                        });
            }
        }
    }

    private void note(String id, byte[] answer) {
        try {
            heard.put(id, new Heard(System.nanoTime(), PeerMessages.Status.of(answer)));
        } catch (PeerException e) {
            // An answer that cannot be read is as good as none: the member becomes unreachable.
            heard.remove(id);
        }
    }

    @Override
    public String nodeId() {
        return raft.self();
    }

    @Override
    public Snapshot snapshot() {
        String leader = raft.leader();
        long committed = raft.committedIndex();
        List<MemberState> members = new ArrayList<>();
        for (RaftPeer peer : raft.peers()) {
            String id = peer.getId().toString();
            members.add(id.equals(raft.self()) ? self(peer, committed) : other(id, peer, leader, committed));
        }
        members.sort(Comparator.comparing(MemberState::id));
        return new Snapshot(leader, raft.term(), members);
    }

    private MemberState self(RaftPeer peer, long committed) {
        long applied = raft.appliedIndex();
        String role = raft.role();
        return new MemberState(raft.self(), role, peer.getAddress(), applied, committed, lag(committed, applied), true);
    }

    private MemberState other(String id, RaftPeer peer, @Nullable String leader, long committed) {
        Heard last = heard.get(id);
        if (last == null) {
            return new MemberState(id, "unknown", peer.getAddress(), -1, -1, -1, false);
        }
        boolean reachable = System.nanoTime() - last.atNanos < REACHABLE_WITHIN.toNanos();
        String role = !reachable ? "unknown" : id.equals(leader) ? "leader" : last.status.role();
        long applied = last.status.applied();
        return new MemberState(
                id, role, peer.getAddress(), applied, last.status.committed(), lag(committed, applied), reachable);
    }

    private static long lag(long committed, long applied) {
        return Math.max(0, committed - applied);
    }
}
