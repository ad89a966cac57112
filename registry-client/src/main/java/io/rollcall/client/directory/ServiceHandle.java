package io.rollcall.client.directory;

import io.rollcall.api.model.Instance;
import io.rollcall.api.model.ServiceKey;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A service that a {@link ServiceDirectory} follows. Reading it costs a volatile read: no lock, no clock, nothing
 * allocated. Thread-safe.
 */
public final class ServiceHandle {

    private final ServiceKey service;
    private final ServiceView nothing;
    private volatile ServiceView current;
    private volatile CompletableFuture<ServiceView> settled = new CompletableFuture<>();

    ServiceHandle(ServiceKey service, Aging aging) {
        this.service = service;
        this.nothing = ServiceView.nothing(service, aging);
        this.current = nothing;
    }

    /**
     * Returns the service.
     *
     * @return which it is
     */
    public ServiceKey service() {
        return service;
    }

    /**
     * Returns what is known now, without waiting.
     *
     * @return nothing at first: see {@link ServiceDirectory#view}
     * @throws StaleDataException if it is older than the limit, and such views are refused
     */
    public ServiceView view() {
        ServiceView view = current;
        if (view.isRefused()) {
            throw new StaleDataException(service, view + ", which is older than maxStaleness");
        }
        return view;
    }

    /**
     * Returns the instances that are known now, without waiting. {@code handle::instances} is what the balancers take.
     *
     * @return immutable, sorted by id; the same object while nothing changed; empty if nothing is known
     * @throws StaleDataException if they are older than the limit, and such views are refused
     */
    public List<Instance> instances() {
        return view().instances();
    }

    @Override
    public String toString() {
        return current.toString();
    }

    /** What is known, also if it is refused. */
    ServiceView current() {
        return current;
    }

    ServiceView nothing() {
        return nothing;
    }

    /** Completed once waiting longer brings nothing newer. */
    CompletableFuture<ServiceView> settled() {
        return settled;
    }

    void publish(ServiceView view) {
        current = view;
    }

    void settle() {
        settled.complete(current);
    }

    /** Nothing is known any more, and is waited for anew. */
    void forget() {
        CompletableFuture<ServiceView> before = settled;
        if (before.isDone()) {
            settled = new CompletableFuture<>();
        }
        current = nothing;
    }
}
