package io.rollcall.client.spring;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.ReactiveDiscoveryClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Finds instances without ever making a thread wait. Thread-safe. */
public final class RollcallReactiveDiscoveryClient implements ReactiveDiscoveryClient {

    private final KnownInstances instances;
    private final ServiceNames names;
    private final int order;

    RollcallReactiveDiscoveryClient(KnownInstances instances, ServiceNames names, int order) {
        this.instances = instances;
        this.names = names;
        this.order = order;
    }

    @Override
    public String description() {
        return "Rollcall reactive discovery client";
    }

    /**
     * Returns the instances that take new calls.
     *
     * @param serviceId an unknown one has none
     * @return sorted by id; ends with an error as {@link RollcallDiscoveryClient#getInstances} throws it
     */
    @Override
    public Flux<ServiceInstance> getInstances(String serviceId) {
        return from(() -> instances.later(serviceId));
    }

    /**
     * Returns the names of all services of the namespace.
     *
     * @return sorted, as read last; ends with an error if they were never read, and cannot be read now
     */
    @Override
    public Flux<String> getServices() {
        return from(names::names);
    }

    /** What is known goes on with the caller's thread; what has to be waited for must not hold up the one that brings it. */
    private static <T> Flux<T> from(Supplier<CompletableFuture<List<T>>> source) {
        return Flux.defer(() -> {
            CompletableFuture<List<T>> list = source.get();
            boolean isKnown = list.isDone();
            Mono<List<T>> mono = Mono.fromFuture(list, true);
            return (isKnown ? mono : mono.publishOn(Schedulers.parallel())).flatMapIterable(each -> each);
        });
    }

    @Override
    public int getOrder() {
        return order;
    }
}
