package io.rollcall.server.view;

import io.rollcall.api.model.Member;
import java.util.List;

/**
 * What the replicated state says of the cluster.
 *
 * @param clusterId drawn at its founding; empty before
 * @param featureLevel commands of a newer level are refused before the log
 * @param members as announced, sorted by id
 */
public record ClusterIdentity(String clusterId, int featureLevel, List<Member> members) {

    /** Copies the list. */
    public ClusterIdentity {
        members = List.copyOf(members);
    }
}
