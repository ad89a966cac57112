package io.rollcall.client.spring;

import io.rollcall.api.model.Instance;
import java.net.URI;
import java.util.Map;
import org.springframework.cloud.client.ServiceInstance;

/**
 * An instance of a service, as Spring Cloud sees it. Its metadata holds tags and metadata as registered, and {@code zone},
 * {@code version}, {@code weight}, {@code protocol} and {@code instanceId}. Equal if it is the same registration. Immutable.
 */
public final class RollcallServiceInstance implements ServiceInstance {

    private final Instance instance;
    private final InstanceTraits traits;

    RollcallServiceInstance(Instance instance) {
        this.instance = instance;
        this.traits = InstanceTraits.of(instance.registration());
    }

    /**
     * Returns all that the registry says of it.
     *
     * @return the instance
     */
    public Instance instance() {
        return instance;
    }

    @Override
    public String getInstanceId() {
        return instance.key().id().value();
    }

    @Override
    public String getServiceId() {
        return instance.key().service().name().value();
    }

    @Override
    public String getHost() {
        return traits.host();
    }

    @Override
    public int getPort() {
        return traits.port();
    }

    @Override
    public boolean isSecure() {
        return traits.isSecure();
    }

    @Override
    public URI getUri() {
        return traits.uri();
    }

    @Override
    public Map<String, String> getMetadata() {
        return traits.metadata();
    }

    // The incarnation rises with each registration; a change of health must not make it another one for those who stick
    // to it.
    @Override
    public boolean equals(Object other) {
        return other instanceof RollcallServiceInstance that
                && instance.key().equals(that.instance.key())
                && instance.incarnation() == that.instance.incarnation();
    }

    @Override
    public int hashCode() {
        return instance.key().hashCode();
    }

    @Override
    public String toString() {
        return instance.key() + " at " + getUri();
    }
}
