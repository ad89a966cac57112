package io.rollcall.server.app;

import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.Namespace;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.server.app.Catalog.OneInstance;
import io.rollcall.server.app.access.Sight;
import io.rollcall.server.view.CatalogSnapshot;
import io.rollcall.server.view.CatalogView;
import io.rollcall.server.view.InstanceEntry;
import io.rollcall.server.view.PastSnapshots;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

/**
 * The questions of {@link Catalog}, asked of an earlier instant. The bodies of the answers are equal on every node.
 * Thread-safe; nothing blocks the caller.
 *
 * <p>An instant that is not known fails with an {@link io.rollcall.api.model.InvalidRequestException} that names the
 * oldest one, so does one that would take too much reading, a node that cannot tell now with a {@link RefusedException}.
 */
public final class PastCatalog {

    private static final String PARAMETER = "at";

    private final PastDesk desk;
    private final CatalogView view;

    /**
     * The catalog of earlier instants.
     *
     * @param desk where it is worked out
     * @param view the present
     */
    public PastCatalog(PastDesk desk, CatalogView view) {
        this.desk = desk;
        this.view = view;
    }

    /**
     * Returns the instances that a service had.
     *
     * @param service which
     * @param query which instances
     * @param at when
     * @return sorted by id
     */
    public CompletableFuture<Answer> discover(ServiceKey service, CatalogQuery query, Instant at) {
        return ofService(service, at, (answers, snapshot) -> answers.discover(snapshot, service, query));
    }

    /**
     * Returns one instance as it was, whatever its status; without its last heartbeat, which is no part of the state.
     *
     * @param key which
     * @param at when
     * @return the instance, or that it was not registered
     */
    public CompletableFuture<OneInstance> instance(InstanceKey key, Instant at) {
        return ofService(key.service(), at, (answers, snapshot) -> {
            InstanceEntry entry = CatalogAnswers.find(snapshot, key);
            if (entry == null) {
                return new OneInstance(null, snapshot.appliedIndex());
            }
            long index = entry.instance().modifyIndex();
            Answer answer = new Answer(entry.json(), index, "\"" + index + "\"", snapshot.appliedIndex());
            return new OneInstance(answer, snapshot.appliedIndex());
        });
    }

    private <R> CompletableFuture<R> ofService(
            ServiceKey service, Instant at, BiFunction<CatalogAnswers, CatalogSnapshot, R> question) {
        return desk.ask(PARAMETER, past -> {
            long index = desk.indexAt(past, at);
            return question.apply(answersAt(index), PastSnapshots.of(view.current(), past.service(service, index)));
        });
    }

    /**
     * Lists the services of a namespace that had instances, with counts.
     *
     * @param namespace which
     * @param query which page
     * @param sight what the caller sees
     * @param at when
     * @return sorted by name
     */
    public CompletableFuture<Answer> services(Namespace namespace, CatalogQuery query, Sight sight, Instant at) {
        return ofNamespace(namespace, at, (answers, snapshot) -> answers.services(snapshot, namespace, query, sight));
    }

    /**
     * Lists the instances that a namespace had.
     *
     * @param namespace which
     * @param query which instances, and which page
     * @param sight what the caller sees
     * @param at when
     * @return sorted by service and id
     */
    public CompletableFuture<Answer> instances(Namespace namespace, CatalogQuery query, Sight sight, Instant at) {
        return ofNamespace(namespace, at, (answers, snapshot) -> answers.instances(snapshot, namespace, query, sight));
    }

    /**
     * Counts the instances that a namespace had.
     *
     * @param namespace which
     * @param sight what the caller sees
     * @param at when
     * @return by status and protocol
     */
    public CompletableFuture<Answer> stats(Namespace namespace, Sight sight, Instant at) {
        return ofNamespace(namespace, at, (answers, snapshot) -> answers.stats(snapshot, namespace, sight));
    }

    private CompletableFuture<Answer> ofNamespace(
            Namespace namespace, Instant at, BiFunction<CatalogAnswers, CatalogSnapshot, Answer> question) {
        return desk.ask(PARAMETER, past -> {
            long index = desk.indexAt(past, at);
            CatalogSnapshot then = PastSnapshots.of(view.current(), past, namespace, index);
            return question.apply(answersAt(index), then);
        });
    }

    private static CatalogAnswers answersAt(long index) {
        return new CatalogAnswers("@" + index + " ");
    }
}
