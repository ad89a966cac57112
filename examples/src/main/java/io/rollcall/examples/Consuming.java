package io.rollcall.examples;

import io.rollcall.api.model.Instance;
import io.rollcall.client.RegistryClient;
import io.rollcall.client.balance.BalancedCalls;
import io.rollcall.client.balance.CallOptions;
import io.rollcall.client.balance.LoadBalancer;
import io.rollcall.client.directory.DirectoryOptions;
import io.rollcall.client.directory.ServiceDirectory;
import io.rollcall.client.directory.ServiceHandle;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Knowing services, and calling them. */
final class Consuming {

    private static final UserCalls HTTP = new UserCalls();

    private Consuming() {}

    static List<Instance> know(RegistryClient registry) {
        // docs: directory
        ServiceDirectory directory = registry.directory(
                DirectoryOptions.defaults().withSubscriber("checkout").withCacheFolder(Path.of("/var/cache/checkout")));
        directory.warmUp(List.of(registry.service("users")), Duration.ofSeconds(5));

        ServiceHandle users = directory.service(registry.service("users"));
        List<Instance> candidates = users.instances(); // for each call; the same list while nothing changed
        // docs: end
        return candidates;
    }

    static String call(ServiceHandle users) throws IOException {
        // docs: balance
        BalancedCalls calls = BalancedCalls.over(
                        users::instances) // or any immutable list, the same while nothing changed
                .balancer(LoadBalancer.leastLoaded())
                .build(); // once for a service; it has no thread and needs no closing
        String answer = calls.call(CallOptions.idempotent(), instance -> HTTP.get(instance, "/users"));
        // docs: end
        return answer;
    }
}
