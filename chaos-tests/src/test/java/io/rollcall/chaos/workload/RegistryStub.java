package io.rollcall.chaos.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.rollcall.api.http.Headers;
import io.rollcall.api.http.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** A node that knows just enough of the interface for fleets and watches: it registers, takes beats and lists. */
final class RegistryStub implements AutoCloseable {

    /** Answers beats with this status; 200 takes them. */
    volatile int beatStatus = 200;

    /** What {@code GET /instances} gives, below a version that is its ETag. */
    volatile String instances = "{\"instances\":[]}";

    /** Whom it calls the leader, and the term. */
    volatile String cluster = "{\"leader\":null,\"term\":0}";

    /** The paths and bodies of all beats. */
    final List<String> beats = new CopyOnWriteArrayList<>();

    /** Ids that it does not know. */
    final Set<String> unknown = ConcurrentHashMap.newKeySet();

    private final String id;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicLong incarnation = new AtomicLong();

    RegistryStub(String id) throws IOException {
        this.id = id;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    Door door() {
        return new Door(id, URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().toString();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (path.contains("/heartbeat")) {
            beats.add(path + body);
            beat(exchange, path, body);
        } else if (path.contains("/registrations")) {
            register(exchange, body);
        } else if (path.contains("/cluster")) {
            send(exchange, 200, cluster);
        } else {
            list(exchange);
        }
    }

    private void register(HttpExchange exchange, String body) throws IOException {
        ArrayNode results = Json.mapper().createArrayNode();
        for (JsonNode item : Json.mapper().readTree(body).path("instances")) {
            unknown.remove(item.path("id").asText());
            results.addObject().putObject("instance").put("incarnation", incarnation.incrementAndGet());
        }
        send(exchange, 200, "{\"results\":" + results + "}");
    }

    private void beat(HttpExchange exchange, String path, String body) throws IOException {
        if (beatStatus != 200) {
            send(exchange, beatStatus, "{\"code\":\"no-leader\"}");
        } else if (path.contains("/heartbeats")) {
            ArrayNode failed = Json.mapper().createArrayNode();
            for (JsonNode item : Json.mapper().readTree(body).path("instances")) {
                if (unknown.contains(item.path("id").asText())) {
                    failed.addObject()
                            .put("name", item.path("name").asText())
                            .put("id", item.path("id").asText())
                            .put("code", "instance-not-found")
                            .put("action", "reregister");
                }
            }
            send(exchange, 200, "{\"renewed\":1,\"failed\":" + failed + "}");
        } else {
            boolean known = unknown.stream().noneMatch(each -> path.contains("/" + each + "/"));
            send(
                    exchange,
                    known ? 200 : 404,
                    known ? "{}" : "{\"code\":\"instance-not-found\",\"action\":\"reregister\"}");
        }
    }

    private void list(HttpExchange exchange) throws IOException {
        String listed = instances;
        String etag = "\"" + Integer.toHexString(listed.hashCode()) + "\"";
        exchange.getResponseHeaders().set("ETag", etag);
        exchange.getResponseHeaders().set(Headers.DATA_AGE, "5");
        if (etag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
            exchange.sendResponseHeaders(304, -1);
            exchange.close();
        } else {
            send(exchange, 200, listed);
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
