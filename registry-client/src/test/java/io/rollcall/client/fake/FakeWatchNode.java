package io.rollcall.client.fake;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A node on a real port that streams what a test says, to whoever watches, and remembers what was acknowledged. */
public final class FakeWatchNode implements AutoCloseable {

    /** What a watcher asked for. */
    public record Asked(String target, String lastEventId, String subscriber) {}

    /** What a watcher told. */
    public record Acknowledged(String subscription, String body) {}

    private record Order(String text, boolean ends, boolean breaks) {}

    private final HttpServer server;
    private final ExecutorService executor = Executors.newCachedThreadPool();
    // Guarded by this: what is to be sent, and the stream that is to send it, which is the newest.
    private final Deque<Order> orders = new ArrayDeque<>();
    private int newest;
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final List<Acknowledged> acknowledged = new CopyOnWriteArrayList<>();
    private final List<String> reads = new CopyOnWriteArrayList<>();

    /** What is answered instead of a stream; null for a stream. */
    public volatile FakeNode.Line refusal;

    /** What is answered to a read of a service; null for a refusal. */
    public volatile FakeNode.Line discovery;

    /** The value of Registry-Applied. */
    public volatile long applied;

    public FakeWatchNode() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(executor);
        server.createContext("/api/v1/watch", this::handle);
        server.createContext("/api/v1/services/", this::read);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public List<Asked> asked() {
        return asked;
    }

    public List<Acknowledged> acknowledged() {
        return acknowledged;
    }

    public List<String> reads() {
        return reads;
    }

    public FakeWatchNode send(String text) {
        return order(new Order(text, false, false));
    }

    private synchronized FakeWatchNode order(Order order) {
        orders.add(order);
        notifyAll();
        return this;
    }

    private synchronized int begin() {
        newest++;
        notifyAll();
        return newest;
    }

    /** Null for a stream that has a successor. */
    private synchronized Order next(int number) {
        try {
            while (orders.isEmpty() && number == newest) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
        return number == newest ? orders.poll() : null;
    }

    public FakeWatchNode snapshot(String service, long index, String... instances) {
        return send("event: snapshot\nid: " + index + "\ndata: {\"service\":\"" + service
                + "\",\"namespace\":\"default\",\"index\":" + index + ",\"instances\":["
                + String.join(",", instances) + "],\"subscription\":\"n1-7\"}\n\n");
    }

    /** A change of a service that is not the last of its group: the id is that of before. */
    public FakeWatchNode change(String service, long from, long to, long id, List<String> upserted, String removed) {
        return send("event: change\nid: " + id + "\ndata: {\"service\":\"" + service
                + "\",\"namespace\":\"default\",\"from\":" + from + ",\"to\":" + to + ",\"upserted\":["
                + String.join(",", upserted) + "],\"removed\":["
                + (removed.isEmpty() ? "" : "\"" + removed + "\"") + "]}\n\n");
    }

    public FakeWatchNode change(String service, long from, long to, String... upserted) {
        return change(service, from, to, to, List.of(upserted), "");
    }

    /** All keys, or those of a part that others follow; its id is the index, or 0 for none. */
    public FakeWatchNode configSnapshot(long id, long index, boolean more, String... keys) {
        return send("event: config-snapshot\n" + (id == 0 ? "" : "id: " + id + "\n")
                + "data: {\"prefix\":\"a/\",\"namespace\":\"default\",\"index\":" + index + ",\"keys\":["
                + String.join(",", keys) + "]" + (more ? ",\"more\":true" : "") + ",\"subscription\":\"n1-7\"}\n\n");
    }

    public FakeWatchNode configSnapshot(long index, String... keys) {
        return configSnapshot(index, index, false, keys);
    }

    public FakeWatchNode configChange(long from, long to, String upserted) {
        return configEvent(from, to, "[" + upserted + "],\"removed\":[]");
    }

    public FakeWatchNode configDeletion(long from, long to, String key, String deletion) {
        return configEvent(from, to, "[],\"removed\":[\"" + key + "\"],\"deletions\":[" + deletion + "]");
    }

    private FakeWatchNode configEvent(long from, long to, String lists) {
        return send("event: config-change\nid: " + to + "\ndata: {\"prefix\":\"a/\",\"namespace\":\"default\",\"from\":"
                + from + ",\"to\":" + to + ",\"upserted\":" + lists + "}\n\n");
    }

    public FakeWatchNode sync(long index) {
        return send("event: sync\nid: " + index + "\ndata: {\"index\":" + index + ",\"subscription\":\"n1-8\"}\n\n");
    }

    /** Ends the stream in good order. */
    public FakeWatchNode end() {
        return order(new Order("", true, false));
    }

    /** Cuts the connection. */
    public FakeWatchNode cut() {
        return order(new Order("", false, true));
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }

    private void read(HttpExchange exchange) throws IOException {
        reads.add(exchange.getRequestURI().toString());
        FakeNode.Line line = discovery;
        (line == null ? FakeNode.problem(503, "not-ready") : line).play(exchange);
    }

    private void handle(HttpExchange exchange) throws IOException {
        if (exchange.getRequestMethod().equals("PUT")) {
            String path = exchange.getRequestURI().getPath();
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            acknowledged.add(new Acknowledged(path.substring(path.lastIndexOf('/') + 1), body));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
            return;
        }
        asked.add(new Asked(
                exchange.getRequestURI().toString(),
                exchange.getRequestHeaders().getFirst("Last-Event-ID"),
                exchange.getRequestHeaders().getFirst("Registry-Subscriber")));
        if (refusal != null) {
            refusal.play(exchange);
            return;
        }
        exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
        exchange.getResponseHeaders().add("Registry-Applied", Long.toString(applied));
        exchange.sendResponseHeaders(200, 0);
        stream(exchange);
    }

    private void stream(HttpExchange exchange) throws IOException {
        int number = begin();
        OutputStream out = exchange.getResponseBody();
        out.flush();
        for (Order order = next(number); order != null; order = next(number)) {
            if (order.breaks()) {
                // The server of the JDK cuts the connection of a handler that fails.
                throw new IOException("cut by the test");
            }
            if (order.ends()) {
                break;
            }
            out.write(order.text().getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
        exchange.close();
    }
}
