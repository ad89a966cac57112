package io.rollcall.examples;

import io.rollcall.api.model.CheckType;
import io.rollcall.api.model.HealthCheck;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.Registration;
import io.rollcall.client.RegistryClient;
import io.rollcall.client.provide.LiveRegistration;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A service that registers itself, is checked, keeps its lease alive, and deregisters when it is told to end (Ctrl-C). */
public final class Provider {

    private Provider() {}

    /**
     * Runs it until Ctrl-C.
     *
     * @param args its port, then the URLs of the registry's nodes
     * @throws IOException if the port is taken
     */
    public static void main(String[] args) throws IOException {
        int port = Integer.parseInt(args[0]);
        List<String> servers = List.of(args).subList(1, args.length);
        UserServer.start(port);

        // docs: provider
        RegistryClient registry = RegistryClient.builder().servers(servers).build();
        Registration registration = Registration.builder(InstanceKey.of("default", "user-service", "user-service-001"))
                .address("127.0.0.1", port)
                .tags(Map.of("environment", "production", "team", "backend"))
                .metadata(Map.of("description", "users and their profiles", "owner", "backend"))
                .healthCheck(HealthCheck.of(CheckType.HTTP, "/health"))
                .build();
        LiveRegistration me = registry.provider().register(registration);
        System.out.println("registered " + me.key());
        // docs: end
    }
}
