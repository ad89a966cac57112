package io.rollcall.server.app;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The cluster as this node sees it. */
public interface ClusterState {

    /**
     * Returns this node's id.
     *
     * @return such as {@code n1}
     */
    String nodeId();

    /**
     * Returns what is known now; answers without a quorum, too.
     *
     * @return a snapshot
     */
    Snapshot snapshot();

    /**
     * The cluster at one moment.
     *
     * @param leader the leader's id; null if none is known
     * @param term Raft term
     * @param members by id
     */
    record Snapshot(@Nullable String leader, long term, List<MemberState> members) {}

    /**
     * One member.
     *
     * @param id its id
     * @param role {@code leader}, {@code follower}, {@code candidate}, {@code listener} or {@code unknown}
     * @param raft its Raft address
     * @param applied its applied Raft log index; -1 if unknown
     * @param committed its committed Raft log index; -1 if unknown
     * @param lag entries it is behind the committed index of this node's view; -1 if unknown
     * @param reachable whether it answered lately; this node itself is
     */
    record MemberState(
            String id, String role, String raft, long applied, long committed, long lag, boolean reachable) {}
}
