package io.rollcall.client.cli.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.Registration;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A provider: a small HTTP server in this process, and what it registers of itself. */
final class SampleProvider implements AutoCloseable {

    private final HttpServer server;
    private final Registration registration;

    private SampleProvider(HttpServer server, Registration registration) {
        this.server = server;
        this.registration = registration;
    }

    /** Three instances of one service, two of another; all have ended again if one cannot start. */
    static List<SampleProvider> startAll() throws DemoException {
        List<SampleProvider> providers = new ArrayList<>();
        try {
            providers.add(user("user-service-001", "1.0.0", "zone-a", 100));
            providers.add(user("user-service-002", "1.0.0", "zone-b", 100));
            providers.add(user("user-service-003", "1.1.0", "zone-b", 50));
            providers.add(order("order-service-001", "zone-a"));
            providers.add(order("order-service-002", "zone-b"));
            return providers;
        } catch (IOException e) {
            providers.forEach(SampleProvider::close);
            throw new DemoException("a sample provider could not listen on 127.0.0.1: " + e.getMessage(), e);
        }
    }

    private static SampleProvider user(String id, String version, String zone, int weight) throws IOException {
        Map<String, String> metadata = Map.of("description", "User management service", "owner", "user-team");
        return start("user-service", id, "/users", version, zone, weight, metadata);
    }

    private static SampleProvider order(String id, String zone) throws IOException {
        Map<String, String> metadata = Map.of("description", "Order service", "owner", "order-team");
        return start("order-service", id, "/orders", "2.3.0", zone, 100, metadata);
    }

    private static SampleProvider start(
            String service,
            String id,
            String path,
            String version,
            String zone,
            int weight,
            Map<String, String> metadata)
            throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        String answer = "{\"servedBy\":\"" + id + "\"}\n";
        server.createContext(path, exchange -> answer(exchange, answer));
        server.createContext("/health", exchange -> answer(exchange, "{\"status\":\"up\"}\n"));
        server.start();
        Registration registration = Registration.builder(InstanceKey.of("default", service, id))
                .address("127.0.0.1", server.getAddress().getPort())
                .version(version)
                .tags(Map.of("environment", "production", "team", "backend"))
                .metadata(metadata)
                .zone(zone)
                .weight(weight)
                .ttl(Duration.ZERO)
                .build();
        return new SampleProvider(server, registration);
    }

    private static void answer(HttpExchange exchange, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    Registration registration() {
        return registration;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
