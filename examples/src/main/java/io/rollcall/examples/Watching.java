package io.rollcall.examples;

import io.rollcall.client.RegistryClient;
import io.rollcall.client.Watch;
import io.rollcall.client.WatchOptions;
import io.rollcall.client.watch.WatchedConfig;
import io.rollcall.client.watch.WatchedServices;
import java.util.List;

/** Being told of changes. */
final class Watching {

    private Watching() {}

    static Watch services(RegistryClient registry) {
        // docs: watch
        WatchedServices users = new WatchedServices();
        Watch watch = registry.watch(
                List.of(registry.service("users")),
                WatchOptions.healthy().withSubscriber("checkout"),
                event -> users.apply(event));
        // users.instances(registry.service("users")) is what takes traffic now; watch.close() ends it
        // docs: end
        return watch;
    }

    static Watch configuration(RegistryClient registry) {
        // docs: watch-config
        WatchedConfig orders = new WatchedConfig();
        Watch watch = registry.config().watch("orders/", WatchOptions.healthy(), event -> orders.apply(event));
        // docs: end
        return watch;
    }
}
