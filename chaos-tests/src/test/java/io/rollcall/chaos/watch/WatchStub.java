package io.rollcall.chaos.watch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.rollcall.api.http.Headers;
import io.rollcall.chaos.workload.Door;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/** A node that knows just enough of the interface to stream what changes; it can be told to do it badly. */
final class WatchStub implements AutoCloseable {

    /** How it streams. */
    enum Manner {
        WELL,
        /** Every third change is not told, but that it was is. */
        FORGETFUL,
        /** Who resumes goes on with what comes next. */
        RESUMES_LATE,
        /** Who resumes begins anew. */
        RESUMES_BY_SNAPSHOT
    }

    private static final long SYNC_MILLIS = 50;

    private final String id;
    private final StubRegistry registry;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    volatile Manner manner = Manner.WELL;

    /** What it answers instead of a stream; 200 streams. */
    volatile int status = 200;

    WatchStub(String id, StubRegistry registry) throws IOException {
        this.id = id;
        this.registry = registry;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/watch", this::watch);
        server.createContext("/api/v1/services/", this::discover);
        server.setExecutor(threads);
        server.start();
    }

    Door door() {
        return new Door(id, URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
    }

    private void watch(HttpExchange exchange) throws IOException {
        if (status != 200) {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
            return;
        }
        String query = exchange.getRequestURI().getQuery();
        List<String> services = query == null
                ? List.of()
                : Stream.of(query.split("&"))
                        .map(part -> part.substring("service=".length()))
                        .toList();
        String resume = exchange.getRequestHeaders().getFirst("Last-Event-ID");
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            stream(out, services, resume == null ? -1 : Long.parseLong(resume));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for a change behind {@code index=}, for as long as it takes or half a second. */
    private void discover(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String service = path.substring(path.lastIndexOf('/') + 1);
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        try {
            for (int i = 0;
                    i < 10 && query.contains("index=" + registry.version(service, registry.index()) + "&");
                    i++) {
                registry.await(registry.index(), SYNC_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        long at = registry.index();
        byte[] body = ("{\"instances\":" + registry.upserted(service, 0, at) + "}").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set(Headers.INDEX, Long.toString(registry.version(service, at)));
        exchange.getResponseHeaders().set(Headers.APPLIED, Long.toString(at));
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private void stream(OutputStream out, List<String> services, long resume) throws IOException, InterruptedException {
        Map<String, Long> versions = new TreeMap<>();
        long from = manner == Manner.RESUMES_LATE && resume >= 0 ? registry.index() : resume;
        if (from >= 0 && manner != Manner.RESUMES_BY_SNAPSHOT) {
            for (String service : services.isEmpty() ? registry.services() : services) {
                versions.put(service, registry.version(service, from));
            }
        }
        // The head alone would wait for the first event.
        out.write(": here\n\n".getBytes(StandardCharsets.UTF_8));
        long safe = Math.max(from, 0);
        for (int round = 1; !Thread.currentThread().isInterrupted(); round++) {
            long at = registry.index();
            for (String service : services.isEmpty() ? registry.services() : services) {
                tell(out, service, versions, at, safe, round);
            }
            send(out, at, "sync", "{\"index\":" + at + "}");
            safe = at;
            out.flush();
            registry.await(at, SYNC_MILLIS);
        }
    }

    private void tell(OutputStream out, String service, Map<String, Long> versions, long at, long safe, int round)
            throws IOException {
        long to = registry.version(service, at);
        Long from = versions.get(service);
        String upserted = registry.upserted(service, from == null ? 0 : from, at);
        if (from == null) {
            send(
                    out,
                    safe,
                    "snapshot",
                    "{\"service\":\"" + service + "\",\"namespace\":\"default\",\"index\":" + to + ",\"instances\":"
                            + upserted + ",\"subscription\":\"s-" + out.hashCode() + "\"}");
        } else if (to > from) {
            boolean forgotten = manner == Manner.FORGETFUL && round % 3 == 0;
            send(
                    out,
                    safe,
                    "change",
                    "{\"service\":\"" + service + "\",\"namespace\":\"default\",\"from\":" + from + ",\"to\":" + to
                            + ",\"upserted\":" + (forgotten ? "[]" : upserted) + ",\"removed\":"
                            + registry.removed(service, from, at) + "}");
        }
        versions.put(service, to);
    }

    private static void send(OutputStream out, long id, String event, String data) throws IOException {
        out.write(("id: " + id + "\nevent: " + event + "\ndata: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        threads.shutdownNow();
        server.stop(0);
    }
}
