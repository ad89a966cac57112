package io.rollcall.examples;

import io.rollcall.client.RegistryClient;
import io.rollcall.client.provide.InstanceProvider;
import io.rollcall.client.provide.LiveRegistration;
import java.util.Map;

/** Keeping an instance registered. */
final class Providing {

    private Providing() {}

    static LiveRegistration provide(RegistryClient registry) {
        // docs: provide
        InstanceProvider provider = registry.provider();
        LiveRegistration orders = provider.register(
                provider.self("orders", 8080).tags(Map.of("env", "prod")).build());
        // docs: end
        return orders;
    }
}
