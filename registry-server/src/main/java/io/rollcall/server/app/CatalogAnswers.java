package io.rollcall.server.app;

import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.InstanceStatus;
import io.rollcall.api.model.Namespace;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.server.app.access.Sight;
import io.rollcall.server.view.CatalogSnapshot;
import io.rollcall.server.view.CatalogSnapshot.NamespaceCounts;
import io.rollcall.server.view.EncodedAnswer;
import io.rollcall.server.view.InstanceEntry;
import io.rollcall.server.view.ServiceState;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The answers to all questions about a snapshot, be it of now or of an earlier instant. Thread-safe. */
final class CatalogAnswers {

    // Part of every tag: raise it when the same state is written as other JSON.
    private static final int REPRESENTATION = 1;

    private static final Set<InstanceStatus> ANY = EnumSet.allOf(InstanceStatus.class);

    private final String prefix;
    private volatile Epoch epoch = Epoch.of("");

    /**
     * The answers of now, or of one instant.
     *
     * @param instant tells instants apart whose states have equal indexes; empty for now
     */
    CatalogAnswers(String instant) {
        this.prefix = instant;
    }

    Answer discover(CatalogSnapshot snapshot, ServiceKey service, CatalogQuery query) {
        ServiceState state = snapshot.service(service);
        EncodedAnswer answer = (state == null ? ServiceState.empty(service) : state).answer(query.query());
        String shape = prefix + query.query().shape();
        return new Answer(
                answer.body(), answer.index(), etag(snapshot, answer.index(), shape), snapshot.appliedIndex());
    }

    /** The instance that a snapshot has; null if it has none. */
    static @Nullable InstanceEntry find(CatalogSnapshot snapshot, InstanceKey key) {
        ServiceState state = snapshot.service(key.service());
        return state == null ? null : state.instance(key.id());
    }

    Answer services(CatalogSnapshot snapshot, Namespace namespace, CatalogQuery query, Sight sight) {
        long index = snapshot.indexes(namespace).index(ANY);
        byte[] body = CatalogPages.services(snapshot, index, namespace, query.query(), sight);
        return answer(
                snapshot, body, index, namespace + " services " + query.query().shape(), sight);
    }

    Answer instances(CatalogSnapshot snapshot, Namespace namespace, CatalogQuery query, Sight sight) {
        long index = snapshot.indexes(namespace).index(query.statuses());
        byte[] body = CatalogPages.instances(snapshot, index, namespace, query.query(), sight);
        return answer(
                snapshot, body, index, namespace + " instances " + query.query().shape(), sight);
    }

    Answer stats(CatalogSnapshot snapshot, Namespace namespace, Sight sight) {
        long index = snapshot.indexes(namespace).index(ANY);
        NamespaceCounts seen = snapshot.count(namespace, sight::sees);
        int hidden = sight.isFull() ? 0 : snapshot.count(namespace).services() - seen.services();
        byte[] body = CatalogPages.stats(index, seen, sight.isFull() ? -1 : hidden);
        return answer(snapshot, body, index, namespace + " stats", sight);
    }

    private Answer answer(CatalogSnapshot snapshot, byte[] body, long index, String shape, Sight sight) {
        if (!sight.isFull()) {
            // What is hidden depends on who asks, and changes without a change of the index.
            return new Answer(body, index, JsonBytes.tag(index, body), snapshot.appliedIndex());
        }
        return new Answer(body, index, etag(snapshot, index, prefix + shape), snapshot.appliedIndex());
    }

    /** Index and query make the bytes; the epoch tells clusters apart that came to the same index one after another. */
    private String etag(CatalogSnapshot snapshot, long index, String shape) {
        Epoch current = epoch;
        if (!current.clusterId().equals(snapshot.cluster().clusterId())) {
            current = Epoch.of(snapshot.cluster().clusterId());
            epoch = current;
        }
        String tag = "\"" + index + current.suffix();
        return shape.isEmpty() ? tag + "\"" : tag + "-" + Integer.toHexString(shape.hashCode()) + "\"";
    }

    private record Epoch(String clusterId, String suffix) {
        static Epoch of(String clusterId) {
            return new Epoch(clusterId, "-" + Integer.toHexString((clusterId + REPRESENTATION).hashCode()));
        }
    }
}
