package io.rollcall.client.answer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cluster as one node knows it.
 *
 * @param clusterId made when the cluster was founded; empty before the first command
 * @param leader the leader's id; null if the node knows none
 * @param term Raft's term
 * @param featureLevel what all members support
 * @param members immutable
 */
public record ClusterView(
        String clusterId, @Nullable String leader, long term, long featureLevel, List<Member> members) {

    /**
     * One member; what the answering node does not know is null.
     *
     * @param id its id
     * @param role {@code leader}, {@code follower}, {@code candidate} or {@code listener}
     * @param raft its Raft address
     * @param http its HTTP address, {@code host:port}
     * @param applied Raft's index of the last entry that it applied
     * @param committed Raft's index of the last entry that it knows committed
     * @param lag how many entries it is behind the leader
     * @param reachable whether the answering node reaches it
     * @param scheme how it speaks at that address, in the clear or by TLS, as URLs begin
     */
    public record Member(
            String id,
            @Nullable String role,
            @Nullable String raft,
            @Nullable String http,
            @Nullable Long applied,
            @Nullable Long committed,
            @Nullable Long lag,
            boolean reachable,
            @Nullable String scheme) {

        /**
         * A member of which it is not known how it speaks.
         *
         * @param id its id
         * @param role {@code leader}, {@code follower}, {@code candidate} or {@code listener}
         * @param raft its Raft address
         * @param http its HTTP address
         * @param applied Raft's index of the last entry that it applied
         * @param committed Raft's index of the last entry that it knows committed
         * @param lag how many entries it is behind the leader
         * @param reachable whether the answering node reaches it
         */
        public Member(
                String id,
                @Nullable String role,
                @Nullable String raft,
                @Nullable String http,
                @Nullable Long applied,
                @Nullable Long committed,
                @Nullable Long lag,
                boolean reachable) {
            this(id, role, raft, http, applied, committed, lag, reachable, null);
        }

        /**
         * Returns where a client may be sent.
         *
         * @return such as {@code https://10.0.0.1:8500}; without a scheme if that is not known, null if the address is not
         */
        public @Nullable String url() {
            return http == null || scheme == null ? http : scheme + "://" + http;
        }
    }

    /**
     * Reads an answer.
     *
     * @param json its body
     * @return what it holds
     * @throws io.rollcall.api.model.InvalidRequestException if it is no such answer
     */
    public static ClusterView read(JsonNode json) {
        return new ClusterView(
                json.path("clusterId").asText(""),
                Fields.textOrNull(json.path("leader")),
                json.path("term").asLong(),
                json.path("featureLevel").asLong(),
                Fields.list(json, "members", ClusterView::member));
    }

    private static Member member(JsonNode json) {
        return new Member(
                json.path("id").asText(),
                Fields.textOrNull(json.path("role")),
                Fields.textOrNull(json.path("raft")),
                Fields.textOrNull(json.path("http")),
                Fields.longOrNull(json.path("applied")),
                Fields.longOrNull(json.path("committed")),
                Fields.longOrNull(json.path("lag")),
                json.path("reachable").asBoolean(),
                Fields.textOrNull(json.path("scheme")));
    }
}
