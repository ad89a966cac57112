package io.rollcall.client.spring;

import com.sun.net.httpserver.HttpServer;
import io.rollcall.api.model.InstanceId;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.Registration;
import io.rollcall.api.model.RegistrationBuilder;
import io.rollcall.client.RegistryClient;
import io.rollcall.client.provide.InstanceProvider;
import io.rollcall.client.provide.LiveRegistration;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/** A real HTTP server that says its name on each call, and that it is one of a service in the registry. */
final class Backend {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final LiveRegistration registration;

    Backend(
            RegistryClient client,
            InstanceProvider provider,
            String service,
            String id,
            UnaryOperator<RegistrationBuilder> change)
            throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            byte[] name = id.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, name.length);
            try (var body = exchange.getResponseBody()) {
                body.write(name);
            }
        });
        server.start();
        InstanceKey key = new InstanceKey(client.service(service), new InstanceId(id));
        RegistrationBuilder builder = Registration.builder(key)
                .address("127.0.0.1", server.getAddress().getPort());
        registration = provider.register(change.apply(builder).build());
    }

    /** Takes it out of the registry; returns when those who follow the service know. The server goes on. */
    void leave() {
        registration.close();
    }

    /** Ends the server. */
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    /** Takes it out of the registry, and ends the server. */
    void end() {
        leave();
        stop();
    }
}
