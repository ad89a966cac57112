package io.rollcall.client.fake;

import com.fasterxml.jackson.core.JsonGenerator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.rollcall.api.http.Json;
import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceId;
import io.rollcall.api.model.InstanceStatus;
import io.rollcall.api.model.Namespace;
import io.rollcall.api.model.Registration;
import io.rollcall.api.model.ServiceName;
import io.rollcall.api.wire.InstanceJson;
import io.rollcall.api.wire.RegistrationReader;
import java.io.IOException;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;

/** A node as a process that keeps what it is told in its own memory; it takes the options of a node. */
public final class FakeNodeProgram {

    private static final int SERVICE_PART = 4;
    private static final int ID_PART = 6;

    private final ConcurrentNavigableMap<String, Instance> instances = new ConcurrentSkipListMap<>();

    private FakeNodeProgram() {}

    public static void main(String[] args) throws IOException {
        List<String> options = Arrays.asList(args);
        String[] http = options.get(options.indexOf("--http") + 1).split(":", -1);
        HttpServer server = HttpServer.create(new InetSocketAddress(http[0], Integer.parseInt(http[1])), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        FakeNodeProgram node = new FakeNodeProgram();
        server.createContext("/", node::handle);
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String[] parts = path.split("/", -1);
        switch (exchange.getRequestMethod()) {
            case "PUT" -> put(exchange, parts[SERVICE_PART], parts[ID_PART]);
            case "DELETE" -> delete(exchange, parts[SERVICE_PART] + "/" + parts[ID_PART]);
            default -> {
                if (path.equals("/readyz")) {
                    answer(exchange, 200, "{\"status\":\"ready\"}");
                } else if (path.endsWith("/cluster")) {
                    answer(exchange, 200, "{\"clusterId\":\"c\",\"leader\":\"n1\",\"term\":1,\"members\":[]}");
                } else {
                    discover(exchange, parts[SERVICE_PART]);
                }
            }
        }
    }

    private void put(HttpExchange exchange, String service, String id) throws IOException {
        Registration registration = RegistrationReader.read(
                Json.mapper().readTree(exchange.getRequestBody()),
                Namespace.DEFAULT,
                new ServiceName(service),
                new InstanceId(id));
        Instant now = Instant.now();
        Instance instance = new Instance(registration, 1, InstanceStatus.PASSING, "", now, now, false, now, 1, 1);
        instances.put(service + "/" + id, instance);
        answer(exchange, 201, json(instance));
    }

    private void delete(HttpExchange exchange, String key) throws IOException {
        if (instances.remove(key) == null) {
            answer(exchange, 404, "{\"code\":\"instance-not-found\",\"detail\":\"absent\"}");
        } else {
            answer(exchange, 204, "");
        }
    }

    private void discover(HttpExchange exchange, String service) throws IOException {
        StringBuilder found = new StringBuilder();
        for (Instance instance : instances.subMap(service + "/", service + "0").values()) {
            found.append(found.isEmpty() ? "" : ",").append(json(instance));
        }
        answer(exchange, 200, "{\"name\":\"" + service + "\",\"index\":1,\"instances\":[" + found + "]}");
    }

    private static String json(Instance instance) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = Json.mapper().createGenerator(text)) {
            InstanceJson.write(json, instance, null);
        }
        return text.toString();
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
