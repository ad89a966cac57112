package io.rollcall.client.fake;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.rollcall.api.http.Json;
import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceId;
import io.rollcall.api.model.InstanceStatus;
import io.rollcall.api.model.InvalidRequestException;
import io.rollcall.api.model.Namespace;
import io.rollcall.api.model.Registration;
import io.rollcall.api.model.ServiceName;
import io.rollcall.api.wire.InstanceJson;
import io.rollcall.api.wire.RegistrationReader;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Several nodes on real ports with one state, as far as providers see it. Leases do not lapse by themselves. */
public final class FakeCluster implements AutoCloseable {

    /** How a node behaves. */
    public enum Mode {
        UP,
        NO_LEADER,
        /** Takes requests and never answers. */
        SILENT,
        /** Takes requests and hangs up. */
        BROKEN
    }

    /** What a node was asked. */
    public record Asked(int node, String method, String path, String query, String requestId, String body) {

        public String line() {
            return method + " " + path.replace("/api/v1", "") + (query.isEmpty() ? "" : "?" + query);
        }
    }

    private record Answer(int status, String body) {}

    private record Held(Registration registration, long incarnation, InstanceStatus status, String reason) {

        Instance instance() {
            Instant time = Instant.parse("2026-01-01T00:00:00Z");
            return new Instance(
                    registration, incarnation, status, reason, time, null, false, time, incarnation, incarnation);
        }

        String json() {
            StringWriter text = new StringWriter();
            try (JsonGenerator json = Json.mapper().createGenerator(text)) {
                InstanceJson.write(json, instance(), null);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return text.toString();
        }
    }

    private static final int SERVICE_PART = 4;
    private static final int ID_PART = 6;

    private final List<HttpServer> servers = new ArrayList<>();
    private final List<Mode> modes = new CopyOnWriteArrayList<>();
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final Map<String, Held> held = new ConcurrentHashMap<>();
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final AtomicLong index = new AtomicLong(100);
    private final AtomicInteger answersToLose = new AtomicInteger();
    private volatile String pace = "\"ttl\":\"30s\",\"nextHeartbeat\":\"10s\"";
    private volatile String refusal = "";
    private volatile String forbidden = "";

    public FakeCluster(int nodes) {
        for (int i = 0; i < nodes; i++) {
            int node = i;
            try {
                HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
                server.setExecutor(executor);
                server.createContext("/", exchange -> handle(node, exchange));
                server.start();
                servers.add(server);
                modes.add(Mode.UP);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    public List<String> urls() {
        return servers.stream()
                .map(server -> "http://127.0.0.1:" + server.getAddress().getPort())
                .toList();
    }

    /** Beats for this one, {@code service/id}, are denied; empty denies none. */
    public void forbid(String key) {
        forbidden = key;
    }

    public void all(Mode mode) {
        for (int i = 0; i < modes.size(); i++) {
            modes.set(i, mode);
        }
    }

    public void node(int node, Mode mode) {
        modes.set(node, mode);
    }

    /** Every heartbeat that renews something is answered so. */
    public void pace(String ttl, String next) {
        pace = "\"ttl\":\"" + ttl + "\",\"nextHeartbeat\":\"" + next + "\"";
    }

    /** The next requests are carried out, and their answers lost. */
    public void loseAnswers(int count) {
        answersToLose.set(count);
    }

    /** Registrations are refused so from now on; empty: not any more. */
    public void refuse(String code) {
        refusal = code;
    }

    public void forgetAll() {
        held.clear();
    }

    /** As another process that registers the id; 0: an incarnation that is newer than all. */
    public void replace(String key, long incarnation) {
        Held before = held.get(key);
        held.put(
                key,
                new Held(
                        before.registration(),
                        incarnation == 0 ? index.incrementAndGet() : incarnation,
                        InstanceStatus.PASSING,
                        ""));
    }

    /** Holds it from now on, as registered by whomever. */
    public Instance put(Registration registration, InstanceStatus status, String reason) {
        Held now = new Held(registration, index.incrementAndGet(), status, reason);
        held.put(key(registration), now);
        return now.instance();
    }

    public boolean holds(String key) {
        return held.containsKey(key);
    }

    public int count() {
        return held.size();
    }

    public long incarnation(String key) {
        return held.get(key).incarnation();
    }

    public Registration registration(String key) {
        return held.get(key).registration();
    }

    public List<Asked> asked() {
        return asked;
    }

    public List<Asked> asked(String method, String pathEnd) {
        return asked.stream()
                .filter(each -> each.method().equals(method) && each.path().endsWith(pathEnd))
                .toList();
    }

    public List<String> lines() {
        return asked.stream().map(Asked::line).toList();
    }

    @Override
    public void close() {
        closed.countDown();
        servers.forEach(server -> server.stop(0));
        executor.shutdownNow();
    }

    private void handle(int node, HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getQuery();
        String requestId = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        Asked request = new Asked(
                node,
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                query == null ? "" : query,
                requestId == null ? "" : requestId,
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        asked.add(request);
        switch (modes.get(node)) {
            case UP -> serve(exchange, request);
            case NO_LEADER -> answer(exchange, problem(503, "no-leader"));
            case BROKEN -> exchange.close();
            case SILENT -> {
                try {
                    closed.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    private void serve(HttpExchange exchange, Asked request) throws IOException {
        Answer answer = request.requestId().isEmpty()
                ? answer(request)
                : answers.computeIfAbsent(request.requestId(), id -> answer(request));
        if (answersToLose.getAndUpdate(left -> Math.max(left - 1, 0)) > 0) {
            exchange.close();
        } else {
            answer(exchange, answer);
        }
    }

    private Answer answer(Asked request) {
        String[] parts = request.path().split("/", -1);
        String key = parts.length > ID_PART ? parts[SERVICE_PART] + "/" + parts[ID_PART] : "";
        try {
            if (request.path().endsWith("/heartbeats")) {
                return beats(Json.mapper().readTree(request.body()).path("instances"));
            }
            if (request.path().endsWith("/registrations")) {
                return registrations(Json.mapper().readTree(request.body()).path("instances"), request);
            }
            if (request.path().endsWith("/drain")) {
                return say(key, InstanceStatus.DRAINING, reason(request), "{\"acknowledged\":0,\"laggards\":[]}");
            }
            if (request.path().endsWith("/status")) {
                return say(key, InstanceStatus.PASSING, "", null);
            }
            if (request.method().equals("DELETE")) {
                return key.isEmpty() ? removeMany(parts[SERVICE_PART], request) : remove(key, request);
            }
            return put(parts, request);
        } catch (InvalidRequestException e) {
            return problem(400, "invalid-request");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String reason(Asked request) throws IOException {
        return Json.mapper().readTree(request.body()).path("reason").asText();
    }

    private Answer put(String[] parts, Asked request) throws IOException {
        Registration registration = RegistrationReader.read(
                Json.mapper().readTree(request.body()),
                Namespace.DEFAULT,
                new ServiceName(parts[SERVICE_PART]),
                new InstanceId(parts[ID_PART]));
        return register(registration, request.query().contains("takeover=true"));
    }

    private Answer register(Registration registration, boolean takeover) {
        if (!refusal.isEmpty()) {
            return problem(refusal.equals("permission-denied") ? 403 : 409, refusal);
        }
        Held before = held.get(key(registration));
        if (before != null && !takeover && !before.registration().sameAddress(registration)) {
            return problem(409, "instance-address-conflict");
        }
        // As the registry: the operator's word outlasts a registration.
        boolean isDraining = before != null && before.status() == InstanceStatus.DRAINING;
        Held after = new Held(
                registration,
                index.incrementAndGet(),
                isDraining ? before.status() : InstanceStatus.PASSING,
                isDraining ? before.reason() : "");
        held.put(key(registration), after);
        return new Answer(before == null ? 201 : 200, after.json());
    }

    private Answer registrations(JsonNode instances, Asked request) {
        List<Registration> batch = new ArrayList<>();
        instances.forEach(each -> batch.add(RegistrationReader.read(each, Namespace.DEFAULT, null, null)));
        StringBuilder results = new StringBuilder();
        for (Registration registration : batch) {
            Answer answer = register(registration, request.query().contains("takeover=true"));
            results.append(results.isEmpty() ? "" : ",")
                    .append("{\"name\":\"" + registration.key().service().name() + "\",\"id\":\""
                            + registration.key().id() + "\",\"status\":" + answer.status() + ",\""
                            + (answer.status() < 300 ? "instance" : "problem") + "\":" + answer.body() + "}");
        }
        return new Answer(200, "{\"results\":[" + results + "]}");
    }

    private Answer beats(JsonNode instances) {
        StringBuilder failed = new StringBuilder();
        int renewed = 0;
        for (JsonNode each : instances) {
            String name = each.path("name").asText();
            String id = each.path("id").asText();
            Held present = held.get(name + "/" + id);
            if ((name + "/" + id).equals(forbidden)) {
                failed.append(failed.isEmpty() ? "" : ",")
                        .append("{\"name\":\"" + name + "\",\"id\":\"" + id
                                + "\",\"code\":\"permission-denied\",\"action\":\"retry\"}");
                continue;
            }
            if (present != null
                    && present.incarnation() == each.path("incarnation").asLong()) {
                renewed++;
                continue;
            }
            failed.append(failed.isEmpty() ? "" : ",").append("{\"name\":\"" + name + "\",\"id\":\"" + id + "\",");
            failed.append(
                    present == null
                            ? "\"code\":\"instance-not-found\",\"action\":\"reregister\"}"
                            : "\"code\":\"stale-incarnation\",\"action\":\"stop\",\"incarnation\":"
                                    + present.incarnation() + "}");
        }
        return new Answer(
                200,
                "{\"renewed\":" + renewed + ",\"failed\":[" + failed + "]" + (renewed > 0 ? "," + pace : "") + "}");
    }

    private Answer say(String key, InstanceStatus status, String reason, String body) {
        Held before = held.get(key);
        if (before == null) {
            return problem(404, "instance-not-found");
        }
        Held after = new Held(before.registration(), before.incarnation(), status, reason);
        held.put(key, after);
        return new Answer(200, body == null ? after.json() : body);
    }

    private Answer remove(String key, Asked request) {
        Held present = held.get(key);
        if (present == null) {
            return problem(404, "instance-not-found");
        }
        if (!request.query().isEmpty() && !request.query().equals("incarnation=" + present.incarnation())) {
            return problem(410, "stale-incarnation");
        }
        held.remove(key);
        return new Answer(204, "");
    }

    /** Takes the incarnations of {@code incarnation in (1,2)} alone. */
    private Answer removeMany(String service, Asked request) {
        String filter = request.query().replaceAll(".*filter=incarnation in \\((.*)\\).*", "$1");
        Set<String> incarnations = Set.of(filter.split(",", -1));
        int before = held.size();
        held.entrySet()
                .removeIf(each -> each.getKey().startsWith(service + "/")
                        && incarnations.contains(Long.toString(each.getValue().incarnation())));
        return new Answer(200, "{\"removed\":" + (before - held.size()) + "}");
    }

    private static String key(Registration registration) {
        return registration.key().service().name() + "/" + registration.key().id();
    }

    private static Answer problem(int status, String code) {
        return new Answer(status, "{\"status\":" + status + ",\"code\":\"" + code + "\",\"detail\":\"d\"}");
    }

    private static void answer(HttpExchange exchange, Answer answer) throws IOException {
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
