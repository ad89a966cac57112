package io.rollcall.client.spring;

import java.util.List;
import org.springframework.cloud.client.discovery.event.InstancePreRegisteredEvent;
import org.springframework.cloud.client.discovery.event.InstanceRegisteredEvent;
import org.springframework.cloud.client.serviceregistry.AutoServiceRegistration;
import org.springframework.cloud.client.serviceregistry.RegistrationLifecycle;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;

/**
 * Registers the application when all of it has started, and takes it out before any of it stops: nobody calls it when its web
 * server ends. For that it is in the last phase to start, which is the first to stop.
 */
public final class RollcallAutoServiceRegistration implements AutoServiceRegistration, SmartLifecycle {

    private final ApplicationEventPublisher publisher;
    private final RollcallServiceRegistry registry;
    private final RollcallRegistration registration;
    private final List<RegistrationLifecycle<RollcallRegistration>> lifecycles;
    private volatile boolean isRunning;

    RollcallAutoServiceRegistration(
            ApplicationEventPublisher publisher,
            RollcallServiceRegistry registry,
            RollcallRegistration registration,
            List<RegistrationLifecycle<RollcallRegistration>> lifecycles) {
        this.publisher = publisher;
        this.registry = registry;
        this.registration = registration;
        this.lifecycles = lifecycles;
    }

    /** Registers, if it is known where the application serves: one without a web server has to say. */
    @Override
    public void start() {
        if (isRunning || !registration.hasAddress()) {
            return;
        }
        publisher.publishEvent(new InstancePreRegisteredEvent(this, registration));
        lifecycles.forEach(each -> each.postProcessBeforeStartRegister(registration));
        registry.register(registration);
        isRunning = true;
        lifecycles.forEach(each -> each.postProcessAfterStartRegister(registration));
        publisher.publishEvent(new InstanceRegisteredEvent<>(this, registration));
    }

    @Override
    public void stop() {
        if (!isRunning) {
            return;
        }
        isRunning = false;
        lifecycles.forEach(each -> each.postProcessBeforeStopRegister(registration));
        registry.deregister(registration);
        lifecycles.forEach(each -> each.postProcessAfterStopRegister(registration));
    }

    @Override
    public boolean isRunning() {
        return isRunning;
    }

    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
