package io.rollcall.client.spring;

import java.util.List;
import java.util.concurrent.ExecutionException;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;

/** Finds instances for those who may wait. Only the first call for a service does. Thread-safe. */
public final class RollcallDiscoveryClient implements DiscoveryClient {

    private final KnownInstances instances;
    private final ServiceNames names;
    private final int order;

    RollcallDiscoveryClient(KnownInstances instances, ServiceNames names, int order) {
        this.instances = instances;
        this.names = names;
        this.order = order;
    }

    @Override
    public String description() {
        return "Rollcall discovery client";
    }

    /**
     * Returns the instances that take new calls.
     *
     * @param serviceId an unknown one has none
     * @return immutable, sorted by id; the same object while nothing changes
     * @throws InstancesUnknownException if the registry was never reached; once it was, what is known goes on being returned
     * @throws io.rollcall.client.directory.StaleDataException if that is older than the limit, and so refused
     */
    @Override
    public List<ServiceInstance> getInstances(String serviceId) {
        return instances.await(serviceId);
    }

    /**
     * Returns the names of all services of the namespace.
     *
     * @return immutable, sorted; as read last
     * @throws IllegalStateException if they were never read, and cannot be read now
     */
    @Override
    public List<String> getServices() {
        try {
            return names.names().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the names of the services were read", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the names of the services cannot be read: " + e.getCause(), e.getCause());
        }
    }

    @Override
    public int getOrder() {
        return order;
    }
}
