package io.rollcall.statemachine.state;

import io.rollcall.api.model.Member;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the cluster knows of itself.
 *
 * @param clusterId drawn once, at its founding; empty before
 * @param featureLevel commands of a newer level are refused before the log
 * @param members as announced, sorted by id
 */
public record ClusterRecord(String clusterId, int featureLevel, List<Member> members) {

    /**
     * The newest feature level that this version can read. Level 2 brought verdicts and checkpoints of leases, level 3
     * the trimming of the history, and configuration, level 4 tokens, policies, who owns an
     * instance, and the keys that secrets are sealed with.
     */
    public static final int SUPPORTED_FEATURE_LEVEL = 4;

    /** A cluster that was not founded yet. */
    public static final ClusterRecord UNFOUNDED = new ClusterRecord("", 1, List.of());

    /** Copies and sorts the members. */
    public ClusterRecord {
        members = members.stream().sorted((a, b) -> a.id().compareTo(b.id())).toList();
    }

    /**
     * Adds a member or replaces what it announced before.
     *
     * @param member as announced now
     * @return a copy with it
     */
    public ClusterRecord withMember(Member member) {
        Stream<Member> others = members.stream().filter(m -> !m.id().equals(member.id()));
        return new ClusterRecord(
                clusterId,
                featureLevel,
                Stream.concat(others, Stream.of(member)).toList());
    }
}
