package io.rollcall.server.app;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rollcall.api.error.ErrorCode;
import io.rollcall.api.error.Problem;
import io.rollcall.api.model.Member;
import io.rollcall.server.app.ClusterState.MemberState;
import io.rollcall.server.view.CatalogView;
import io.rollcall.server.view.ClusterIdentity;
import io.rollcall.statemachine.apply.DigestLog;
import io.rollcall.statemachine.apply.DigestLog.Recorded;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What an operator asks of the cluster. It answers as far as it knows, also without a quorum. Thread-safe. */
public final class ClusterAdmin {

    /** How long ago a quorum may have confirmed a node that calls itself ready. */
    public static final Duration MAX_CONTACT_AGE = Duration.ofSeconds(10);

    private final ClusterState cluster;
    private final CatalogView view;
    private final DigestLog digests;
    private final Freshness freshness;
    private final Founding founding;
    private final CertificateExpiry certificates;
    private final BooleanSupplier stopping;

    /**
     * The cluster as a node sees it.
     *
     * @param cluster what Raft says
     * @param view what the replicated state says
     * @param digests the state hashes lately
     * @param freshness how current the node is
     * @param founding whether the cluster is still being founded
     * @param certificates this node's certificates
     * @param stopping whether the node is about to stop
     */
    public ClusterAdmin(
            ClusterState cluster,
            CatalogView view,
            DigestLog digests,
            Freshness freshness,
            Founding founding,
            CertificateExpiry certificates,
            BooleanSupplier stopping) {
        this.cluster = cluster;
        this.view = view;
        this.digests = digests;
        this.freshness = freshness;
        this.founding = founding;
        this.certificates = certificates;
        this.stopping = stopping;
    }

    /**
     * Describes the cluster.
     *
     * @return UTF-8 JSON
     */
    public byte[] cluster() {
        ClusterState.Snapshot snapshot = cluster.snapshot();
        ClusterIdentity identity = view.current().cluster();
        Map<String, Member> announced = identity.members().stream().collect(Collectors.toMap(Member::id, m -> m));
        return JsonBytes.write(json -> {
            json.writeStartObject();
            json.writeStringField("clusterId", identity.clusterId());
            json.writeStringField("leader", snapshot.leader());
            json.writeNumberField("term", snapshot.term());
            json.writeNumberField("featureLevel", identity.featureLevel());
            json.writeArrayFieldStart("members");
            for (MemberState member : snapshot.members()) {
                writeMember(json, member, announced.get(member.id()));
            }
            json.writeEndArray();
            writeCertificates(json);
            json.writeEndObject();
        });
    }

    private void writeCertificates(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("certificates");
        for (CertificateExpiry.Shown shown : certificates.certificates()) {
            json.writeStartObject();
            json.writeStringField("listener", shown.listener());
            json.writeStringField("subject", shown.subject());
            json.writeStringField("notAfter", shown.notAfter().toString());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeMember(JsonGenerator json, MemberState member, @Nullable Member announced)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("id", member.id());
        json.writeStringField("role", member.role());
        json.writeStringField("raft", member.raft());
        json.writeStringField("http", announced == null ? null : announced.address());
        json.writeStringField("scheme", announced == null ? null : announced.scheme());
        writeIfKnown(json, "applied", member.applied());
        writeIfKnown(json, "committed", member.committed());
        writeIfKnown(json, "lag", member.lag());
        json.writeBooleanField("reachable", member.reachable());
        json.writeEndObject();
    }

    private static void writeIfKnown(JsonGenerator json, String field, long value) throws IOException {
        if (value < 0) {
            json.writeNullField(field);
        } else {
            json.writeNumberField(field, value);
        }
    }

    /**
     * Looks up this node's state hash.
     *
     * @param index registry index after some log entry; null: the newest
     * @return the hash, or a problem that names the indexes between which hashes are kept
     */
    public Lookup digest(@Nullable Long index) {
        Optional<Recorded> found = index == null ? digests.newest() : digests.at(index);
        long from = digests.oldest().map(Recorded::index).orElse(0L);
        long to = digests.newest().map(Recorded::index).orElse(0L);
        if (found.isEmpty()) {
            Map<String, Object> recorded = new LinkedHashMap<>();
            recorded.put("from", from);
            recorded.put("to", to);
            return new Lookup(
                    null,
                    Problem.of(
                                    ErrorCode.NOT_FOUND,
                                    "no state hash is recorded at index " + index
                                            + "; one is after each log entry, for the latest of them")
                            .with("recorded", recorded));
        }
        byte[] body = JsonBytes.write(json -> {
            json.writeStartObject();
            json.writeStringField("node", cluster.nodeId());
            json.writeNumberField("index", found.get().index());
            json.writeStringField("digest", found.get().digest());
            json.writeObjectFieldStart("recorded");
            json.writeNumberField("from", from);
            json.writeNumberField("to", to);
            json.writeEndObject();
            json.writeEndObject();
        });
        return new Lookup(body, null);
    }

    /**
     * Tells whether this node may be sent requests.
     *
     * @param readsAlone whether it would be sent reads alone: these it serves for ever once it has caught up
     * @return null if it may
     */
    public @Nullable Problem unreadiness(boolean readsAlone) {
        String node = "node '" + cluster.nodeId() + "' ";
        if (stopping.getAsBoolean()) {
            return notReady(node + "is stopping");
        }
        if (!freshness.hasCaughtUp()) {
            return notReady(node + "has not caught up with the cluster since its start");
        }
        if (!readsAlone && founding.isUnderWay()) {
            return notReady(
                    node + "waits until all members have announced themselves; not every write is taken before");
        }
        long age = freshness.dataAgeMillis();
        if (!readsAlone && age > MAX_CONTACT_AGE.toMillis()) {
            return notReady(node + "was last confirmed by a quorum " + age + " ms ago; it still serves stale reads");
        }
        return null;
    }

    private static Problem notReady(String detail) {
        return Refusals.retryable(ErrorCode.NOT_READY, detail);
    }
}
