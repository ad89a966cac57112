package io.rollcall.client.spring;

import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.InstanceStatus;
import io.rollcall.api.model.OperatorWord;
import io.rollcall.client.ReadOptions;
import io.rollcall.client.RegistryClient;
import io.rollcall.client.WriteOptions;
import io.rollcall.client.provide.InstanceProvider;
import io.rollcall.client.provide.LiveRegistration;
import io.rollcall.client.provide.RegisterOptions;
import io.rollcall.client.provide.RegistrationEvent;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.client.serviceregistry.ServiceRegistry;

/** Registers the application and keeps it registered, until it is deregistered. Thread-safe. */
public final class RollcallServiceRegistry implements ServiceRegistry<RollcallRegistration> {

    private final RegistryClient client;
    private final InstanceProvider provider;
    private final RollcallProperties.Registration properties;
    private final Consumer<RegistrationEvent> events;
    private final ConcurrentMap<InstanceKey, LiveRegistration> live = new ConcurrentHashMap<>();

    RollcallServiceRegistry(
            RegistryClient client,
            InstanceProvider provider,
            RollcallProperties.Registration properties,
            Consumer<RegistrationEvent> events) {
        this.client = client;
        this.provider = provider;
        this.properties = properties;
        this.events = events;
    }

    /**
     * Registers. Returns at once, and goes on trying, unless {@code fail-fast} is set.
     *
     * @param registration has to have an address; null for nothing to do
     * @throws RuntimeException if {@code fail-fast} is set, and it is refused or not answered in time
     */
    @Override
    public void register(@Nullable RollcallRegistration registration) {
        if (registration == null) {
            return;
        }
        RegisterOptions options = RegisterOptions.defaults().withListener(events::accept);
        if (properties.takeover()) {
            options = options.withTakeover();
        }
        LiveRegistration made = properties.failFast()
                ? provider.register(registration.registration(), options)
                : provider.registerEventually(registration.registration(), options);
        live.put(made.key(), made);
    }

    /**
     * Takes the application out of traffic, waits until those who call it know that, and deregisters it.
     *
     * @param registration as registered; null for nothing to do
     */
    @Override
    public void deregister(@Nullable RollcallRegistration registration) {
        if (registration == null || !registration.hasAddress()) {
            return;
        }
        LiveRegistration ended = live.remove(registration.registration().key());
        if (ended != null) {
            ended.close();
        }
    }

    /** Does nothing: what is registered may be registered again. Its provider closes with the application. */
    @Override
    public void close() {}

    /**
     * Says the operator's word on the application; needs the permission of one.
     *
     * @param registration as registered
     * @param status {@code UP} takes it back; {@code OUT_OF_SERVICE}, {@code DOWN} and {@code MAINTENANCE} take it out of
     *     traffic, {@code DRAINING} does so for its end
     * @throws IllegalArgumentException for any other
     * @throws RuntimeException if the registry refuses it, or does not answer
     */
    @Override
    public void setStatus(RollcallRegistration registration, String status) {
        InstanceKey key = registration.registration().key();
        var unused = switch (status.toUpperCase(Locale.ROOT)) {
            case "UP" ->
                client.operations().clearStatus(key, WriteOptions.none()).orThrow();
            case "OUT_OF_SERVICE", "DOWN", "MAINTENANCE" -> set(key, InstanceStatus.MAINTENANCE);
            case "DRAINING" -> set(key, InstanceStatus.DRAINING);
            default ->
                throw new IllegalArgumentException(
                        "status '" + status + "' is none of UP, OUT_OF_SERVICE, DOWN, MAINTENANCE, DRAINING");
        };
    }

    private Object set(InstanceKey key, InstanceStatus status) {
        OperatorWord word = new OperatorWord(status, "by the application's own endpoint");
        return client.operations().setStatus(key, word, WriteOptions.none()).orThrow();
    }

    /**
     * Asks the registry for the status of the application.
     *
     * @param registration as registered
     * @return a text such as {@code passing}
     * @throws RuntimeException if it is not registered, or the registry does not answer
     */
    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // Spring Cloud's signature: callers say the type.
    public <T> T getStatus(RollcallRegistration registration) {
        InstanceKey key = registration.registration().key();
        return (T) client.instance(key, ReadOptions.stale()).orThrow().status().wireName();
    }

    /** What is kept registered. */
    List<LiveRegistration> live() {
        return List.copyOf(live.values());
    }
}
