package io.rollcall.server.app;

import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.Namespace;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.api.wire.InstanceJson;
import io.rollcall.server.app.access.Sight;
import io.rollcall.server.view.CatalogSnapshot;
import io.rollcall.server.view.CatalogView;
import io.rollcall.server.view.InstanceEntry;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The questions that consumers and operators ask, answered from this node's memory. How current that is, and whether
 * the node may answer at all, is {@link ReadConsistency}'s to say first. Thread-safe.
 */
public final class Catalog {

    private final CatalogView view;
    private final LastHeartbeats lastHeartbeats;
    private final CatalogAnswers answers = new CatalogAnswers("");

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
        return answers.discover(view.current(), service, query);
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
        InstanceEntry entry = CatalogAnswers.find(snapshot, key);
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
     * @param sight what the caller sees
     * @return sorted by name
     */
    public Answer services(Namespace namespace, CatalogQuery query, Sight sight) {
        return answers.services(view.current(), namespace, query, sight);
    }

    /**
     * Lists the instances of a namespace.
     *
     * @param namespace which
     * @param query which instances, and which page
     * @param sight what the caller sees
     * @return sorted by service and id
     */
    public Answer instances(Namespace namespace, CatalogQuery query, Sight sight) {
        return answers.instances(view.current(), namespace, query, sight);
    }

    /**
     * Counts the instances of a namespace.
     *
     * @param namespace which
     * @param sight what the caller sees
     * @return by status and protocol
     */
    public Answer stats(Namespace namespace, Sight sight) {
        return answers.stats(view.current(), namespace, sight);
    }

    /**
     * Counts the services of a namespace that somebody does not see.
     *
     * @param namespace which
     * @param sight what he sees
     * @return how many of those that have instances
     */
    public int hidden(Namespace namespace, Sight sight) {
        CatalogSnapshot snapshot = view.current();
        return snapshot.count(namespace).services()
                - snapshot.count(namespace, sight::sees).services();
    }

    /**
     * Returns how far this node has come.
     *
     * @return its applied registry index
     */
    public long appliedIndex() {
        return view.current().appliedIndex();
    }
}
