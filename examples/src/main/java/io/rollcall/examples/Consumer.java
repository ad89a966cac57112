package io.rollcall.examples;

import io.rollcall.api.model.ServiceKey;
import io.rollcall.client.RegistryClient;
import io.rollcall.client.balance.BalancedCalls;
import io.rollcall.client.balance.CallOptions;
import io.rollcall.client.balance.NoInstanceException;
import io.rollcall.client.directory.DirectoryOptions;
import io.rollcall.client.directory.ServiceDirectory;
import java.io.IOException;
import java.util.List;

/** A program that finds a service and calls one of its healthy instances, or says that there is none. */
public final class Consumer {

    private Consumer() {}

    /**
     * Calls once.
     *
     * @param args the URLs of the registry's nodes
     * @throws IOException if no instance answered
     */
    public static void main(String[] args) throws IOException {
        List<String> servers = List.of(args);
        UserCalls http = new UserCalls();

        // docs: consumer
        try (RegistryClient registry = RegistryClient.builder().servers(servers).build()) {
            ServiceDirectory directory = registry.directory(DirectoryOptions.defaults());
            ServiceKey service = registry.service("user-service");
            BalancedCalls users = BalancedCalls.over(
                            () -> directory.view(service).instances())
                    .build();
            String answer = users.call(CallOptions.idempotent(), instance -> http.get(instance, "/users"));
            System.out.println(answer);
        } catch (NoInstanceException none) {
            System.out.println("no healthy instance: " + none.getMessage());
        }
        // docs: end
    }
}
