package io.rollcall.server.app;

import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.InstanceStatus;
import io.rollcall.api.model.Namespace;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.api.wire.InstanceJson;
import io.rollcall.server.view.CatalogSnapshot;
import io.rollcall.server.view.CatalogView;
import io.rollcall.server.view.EncodedAnswer;
import io.rollcall.server.view.InstanceEntry;
import io.rollcall.server.view.ServiceState;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The questions that consumers and operators ask, answered from this node's memory. How current that is, and whether
 * the node may answer at all, is {@link ReadConsistency}'s to say first. Thread-safe.
 */
public final class Catalog {

    // Part of every tag: raise it when the same state is written as other JSON.
    private static final int REPRESENTATION = 1;

    private static final Set<InstanceStatus> ANY = EnumSet.allOf(InstanceStatus.class);

    private final CatalogView view;
    private final LastHeartbeats lastHeartbeats;
    private volatile Epoch epoch = Epoch.of("");

    /**
     * The catalog of a node.
     *
     * @param view its state
     * @param lastHeartbeats when instances were last heard
     */
    public Catalog(CatalogView view, LastHeartbeats lastHeartbeats) {
        this.view = view;
        this.lastHeartbeats = lastHeartbeats;
    }

    /**
     * Returns the instances of a service.
     *
     * @param service which; one that nobody registered at gives an empty answer at index 1
     * @param query which instances
     * @return sorted by id
     */
    public Answer discover(ServiceKey service, CatalogQuery query) {
        CatalogSnapshot snapshot = view.current();
        ServiceState state = snapshot.service(service);
        EncodedAnswer answer = (state == null ? ServiceState.empty(service) : state).answer(query.query());
        return new Answer(
                answer.body(),
                answer.index(),
                etag(snapshot, answer.index(), query.query().shape()),
                snapshot.appliedIndex());
    }

    /**
     * One instance, or that there is none.
     *
     * @param answer null if it is not registered
     * @param applied the registry index of which that is true
     */
    public record OneInstance(@Nullable Answer answer, long applied) {}

    /**
     * Returns one instance, whatever its status, and when it was last heard. The latter is no part of the state: it
     * moves neither index nor tag.
     *
     * @param key which
     * @return the instance, or the index at which it is not registered
     */
    public OneInstance instance(InstanceKey key) {
        CatalogSnapshot snapshot = view.current();
        ServiceState state = snapshot.service(key.service());
        InstanceEntry entry = state == null ? null : state.instance(key.id());
        if (entry == null) {
            return new OneInstance(null, snapshot.appliedIndex());
        }
        long index = entry.instance().modifyIndex();
        Answer answer = new Answer(withHeartbeat(entry), index, "\"" + index + "\"", snapshot.appliedIndex());
        return new OneInstance(answer, snapshot.appliedIndex());
    }

    private byte[] withHeartbeat(InstanceEntry entry) {
        Instance instance = entry.instance();
        long millis = lastHeartbeats.lastHeartbeatMillis(instance.key(), instance.incarnation());
        return millis <= 0
                ? entry.json()
                : JsonBytes.write(json -> InstanceJson.write(json, instance, Instant.ofEpochMilli(millis)));
    }

    /**
     * Lists the services of a namespace that have instances, with counts.
     *
     * @param namespace which
     * @param query which page, and which statuses are counted
     * @return sorted by name
     */
    public Answer services(Namespace namespace, CatalogQuery query) {
        CatalogSnapshot snapshot = view.current();
        long index = snapshot.indexes(namespace).index(ANY);
        byte[] body = CatalogPages.services(snapshot, index, namespace, query.query());
        return answer(
                snapshot, body, index, namespace + " services " + query.query().shape());
    }

    /**
     * Lists the instances of a namespace.
     *
     * @param namespace which
     * @param query which instances, and which page
     * @return sorted by service and id
     */
    public Answer instances(Namespace namespace, CatalogQuery query) {
        CatalogSnapshot snapshot = view.current();
        long index = snapshot.indexes(namespace).index(query.statuses());
        byte[] body = CatalogPages.instances(snapshot, index, namespace, query.query());
        return answer(
                snapshot, body, index, namespace + " instances " + query.query().shape());
    }

    /**
     * Counts the instances of a namespace.
     *
     * @param namespace which
     * @return by status and protocol
     */
    public Answer stats(Namespace namespace) {
        CatalogSnapshot snapshot = view.current();
        long index = snapshot.indexes(namespace).index(ANY);
        byte[] body = CatalogPages.stats(index, snapshot.count(namespace));
        return answer(snapshot, body, index, namespace + " stats");
    }

    /**
     * Returns how far this node has come.
     *
     * @return its applied registry index
     */
    public long appliedIndex() {
        return view.current().appliedIndex();
    }

    private Answer answer(CatalogSnapshot snapshot, byte[] body, long index, String shape) {
        return new Answer(body, index, etag(snapshot, index, shape), snapshot.appliedIndex());
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
