package io.rollcall.client.fake;

import com.fasterxml.jackson.core.JsonGenerator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.rollcall.api.http.Json;
import io.rollcall.api.model.Durations;
import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceId;
import io.rollcall.api.model.Namespace;
import io.rollcall.api.model.Registration;
import io.rollcall.api.model.ServiceName;
import io.rollcall.api.wire.InstanceJson;
import io.rollcall.api.wire.RegistrationReader;
import java.io.IOException;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;

/** A node as a process that keeps what it is told in its own memory; it takes the options of a node. */
public final class FakeNodeProgram {

    private static final int SERVICE_PART = 4;
    private static final int ID_PART = 6;

    private final FakeRegistry registry = new FakeRegistry();

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
            case "PUT" -> {
                if (path.endsWith("/heartbeat")) {
                    beat(exchange, parts[SERVICE_PART] + "/" + parts[ID_PART]);
                } else {
                    put(exchange, parts[SERVICE_PART], parts[ID_PART]);
                }
            }
            case "DELETE" -> delete(exchange, parts[SERVICE_PART] + "/" + parts[ID_PART]);
            default -> {
                if (path.equals("/readyz")) {
                    answer(exchange, 200, "{\"status\":\"ready\"}");
                } else if (path.endsWith("/cluster")) {
                    answer(exchange, 200, "{\"clusterId\":\"c\",\"leader\":\"n1\",\"term\":1,\"members\":[]}");
                } else if (path.endsWith("/instances")) {
                    answer(exchange, 200, "{" + instances(exchange, "") + "}");
                } else {
                    String service = parts[SERVICE_PART];
                    answer(exchange, 200, "{\"name\":\"" + service + "\"," + instances(exchange, service + "/") + "}");
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
        answer(exchange, 201, json(registry.register(registration)));
    }

    private void beat(HttpExchange exchange, String key) throws IOException {
        Optional<Duration> ttl = registry.beat(key);
        if (ttl.isEmpty()) {
            answer(exchange, 404, "{\"code\":\"instance-not-found\",\"detail\":\"absent\",\"action\":\"reregister\"}");
        } else {
            answer(
                    exchange,
                    200,
                    "{\"ttl\":\"" + Durations.format(ttl.get()) + "\",\"nextHeartbeat\":\""
                            + Durations.format(ttl.get().dividedBy(3)) + "\"}");
        }
    }

    private void delete(HttpExchange exchange, String key) throws IOException {
        if (!registry.remove(key)) {
            answer(exchange, 404, "{\"code\":\"instance-not-found\",\"detail\":\"absent\"}");
        } else {
            answer(exchange, 204, "");
        }
    }

    private String instances(HttpExchange exchange, String prefix) throws IOException {
        String query = exchange.getRequestURI().getQuery();
        boolean any = query != null && query.contains("status=any");
        StringBuilder found = new StringBuilder();
        for (Instance instance : registry.find(prefix, any)) {
            found.append(found.isEmpty() ? "" : ",").append(json(instance));
        }
        return "\"index\":" + registry.index() + ",\"instances\":[" + found + "]";
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
