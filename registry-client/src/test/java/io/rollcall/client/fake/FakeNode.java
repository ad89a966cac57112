package io.rollcall.client.fake;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingDeque;

/** A node on a real port that answers by a script, and remembers what it was asked. The last line of the script repeats. */
public final class FakeNode implements AutoCloseable {

    /** What was asked. */
    public record Request(String method, String target, Map<String, String> headers, String body) {}

    /** One line of the script. */
    public interface Line {
        void play(HttpExchange exchange) throws IOException;
    }

    private final HttpServer server;
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final BlockingDeque<Line> script = new LinkedBlockingDeque<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Set<InetSocketAddress> connections = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);

    public FakeNode(Line... lines) {
        this(null, lines);
    }

    /** A node that speaks TLS. */
    public FakeNode(HttpsConfigurator tls, Line... lines) {
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try {
            if (tls == null) {
                server = HttpServer.create(anyPort, 0);
            } else {
                HttpsServer secure = HttpsServer.create(anyPort, 0);
                secure.setHttpsConfigurator(tls);
                server = secure;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(executor);
        server.createContext("/", this::handle);
        server.start();
        script.addAll(List.of(lines));
    }

    public static Line answer(int status, String body, String... headersAndValues) {
        return exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < headersAndValues.length; i += 2) {
                exchange.getResponseHeaders().add(headersAndValues[i], headersAndValues[i + 1]);
            }
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        };
    }

    public static Line problem(int status, String code, String... headersAndValues) {
        String body = "{\"type\":\"about:blank\",\"title\":\"t\",\"status\":" + status + ",\"detail\":\"because of "
                + code + "\",\"code\":\"" + code + "\",\"traceId\":\"0\"}";
        return answer(status, body, headersAndValues);
    }

    /** Takes the request and hangs up. */
    public static Line hangUp() {
        return HttpExchange::close;
    }

    /** Takes the request and never answers. */
    public Line silence() {
        return exchange -> {
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    public FakeNode then(Line line) {
        script.add(line);
        return this;
    }

    public String url() {
        String scheme = server instanceof HttpsServer ? "https" : "http";
        return scheme + "://127.0.0.1:" + server.getAddress().getPort();
    }

    public List<Request> requests() {
        return requests;
    }

    /** Where requests came from: one address a connection. */
    public Set<InetSocketAddress> connections() {
        return connections;
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        executor.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Map<String, String> headers = new LinkedHashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
        connections.add(exchange.getRemoteAddress());
        requests.add(new Request(
                exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers, body));
        Line line = script.size() > 1 ? script.poll() : script.peek();
        line.play(exchange);
    }
}
