package io.rollcall.bench.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class FleetTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private HttpServer registry;
    private int renewedLess;

    @BeforeEach
    void start() throws IOException {
        registry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        registry.createContext("/api/v1/registrations", this::register);
        registry.createContext("/api/v1/heartbeats", this::renew);
        registry.start();
    }

    @AfterEach
    void stop() {
        registry.stop(0);
    }

    @Test
    void beatsWithTheIncarnationsThatTheRegistrationGave() throws Exception {
        var fleet = new Fleet("orders", "30s", 1_200);

        fleet.registerAll(registry.getAddress());

        assertThat(fleet.size()).isEqualTo(1_200);
        assertThat(new String(fleet.singles().get(1_103), StandardCharsets.US_ASCII))
                .startsWith("PUT /api/v1/services/orders-000110/instances/orders-000110-3/heartbeat?incarnation=1103 ");
        assertThat(fleet.batches(0, 1_200)).hasSize(3);
        var last = body(fleet.batches(0, 1_200).get(2));
        assertThat(last).hasSize(200);
        assertThat(last.get(199))
                .isEqualTo(
                        JSON.readTree("{\"name\":\"orders-000119\",\"id\":\"orders-000119-9\",\"incarnation\":1199}"));
    }

    @Test
    void requiresThatABatchIsRenewedAsAWhole() {
        var fleet = new Fleet("orders", "30s", 1_000);
        fleet.registerAll(registry.getAddress());

        assertThat(fleet.requireRenewed(registry.getAddress())).isEqualTo("{\"renewed\":500,\"failed\":[]}".length());

        renewedLess = 1;
        assertThatThrownBy(() -> fleet.requireRenewed(registry.getAddress())).hasMessageContaining("not all of 500");
    }

    private static JsonNode body(byte[] request) throws IOException {
        var text = new String(request, StandardCharsets.UTF_8);
        return JSON.readTree(text.substring(text.indexOf("\r\n\r\n"))).path("instances");
    }

    /** Gives each instance its number, which is in its id, for its incarnation. */
    private void register(HttpExchange exchange) throws IOException {
        var answer = JSON.createObjectNode();
        var results = answer.putArray("results");
        for (var instance : JSON.readTree(exchange.getRequestBody()).path("instances")) {
            var number = instance.path("id").asText().replaceAll("[^0-9]", "");
            assertThat(instance.path("ttl").asText()).isEqualTo("30s");
            results.addObject().putObject("instance").put("incarnation", Long.parseLong(number));
        }
        answer(exchange, answer.toString());
    }

    private void renew(HttpExchange exchange) throws IOException {
        var count = JSON.readTree(exchange.getRequestBody()).path("instances").size() - renewedLess;
        answer(exchange, "{\"renewed\":" + count + ",\"failed\":[]}");
    }

    private static void answer(HttpExchange exchange, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
