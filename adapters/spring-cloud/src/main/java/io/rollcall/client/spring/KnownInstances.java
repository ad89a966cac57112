package io.rollcall.client.spring;

import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InvalidRequestException;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.client.RegistryClient;
import io.rollcall.client.directory.ServiceDirectory;
import io.rollcall.client.directory.ServiceView;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.client.ServiceInstance;

/** What a directory knows, as Spring Cloud's instances, made once for each change. Thread-safe. */
final class KnownInstances {

    private record Made(List<Instance> from, List<ServiceInstance> instances) {}

    private final RegistryClient client;
    private final ServiceDirectory directory;
    private final ConcurrentMap<ServiceKey, Made> made = new ConcurrentHashMap<>();

    KnownInstances(RegistryClient client, ServiceDirectory directory) {
        this.client = client;
        this.directory = directory;
    }

    /**
     * The instances that take new calls. Waits for the registry if it is the first call for the service.
     *
     * @throws InstancesUnknownException if it does not answer, and nothing is kept of an earlier run
     */
    List<ServiceInstance> await(String serviceId) {
        ServiceKey service = parse(serviceId);
        return service == null ? List.of() : instances(directory.view(service));
    }

    /** The same without waiting; is completed on the directory's thread, or is already. */
    CompletableFuture<List<ServiceInstance>> later(String serviceId) {
        ServiceKey service = parse(serviceId);
        if (service == null) {
            return CompletableFuture.completedFuture(List.of());
        }
        return directory.viewAsync(service).thenApply(this::instances);
    }

    /** Null for what no service can be called: it has no instances. */
    private @Nullable ServiceKey parse(String serviceId) {
        try {
            return client.service(serviceId);
        } catch (InvalidRequestException e) {
            return null;
        }
    }

    private List<ServiceInstance> instances(ServiceView view) {
        if (!view.isKnown()) {
            throw new InstancesUnknownException(
                    view.service(), directory.health().problem());
        }
        // The directory gives the same list while nothing changes.
        Made last = made.get(view.service());
        if (last == null || last.from() != view.instances()) {
            last = new Made(view.instances(), make(view.instances()));
            made.put(view.service(), last);
        }
        return last.instances();
    }

    private static List<ServiceInstance> make(List<Instance> instances) {
        return instances.stream()
                // Spring Cloud's balancers would call it as often as the others: they take 0 for no weight given.
                .filter(instance -> instance.registration().weight() > 0)
                .<ServiceInstance>map(RollcallServiceInstance::new)
                .toList();
    }
}
