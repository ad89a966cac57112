package io.rollcall.bench.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.rollcall.bench.process.Calls;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class StreamWatchersTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<OutputStream> streams = new CopyOnWriteArrayList<>();
    private final List<String> queries = new CopyOnWriteArrayList<>();
    private final Arrivals arrivals = new Arrivals();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/watch", this::watch);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void everyWatcherIsToldAndTimed() throws IOException {
        try (var watchers = open(30)) {
            var before = System.nanoTime();
            for (var stream : streams) {
                send(stream, "seq-7");
            }
            Calls.await("all to be told", LIMIT, () -> arrivals.size() == 30);

            assertThat(queries).hasSize(30).contains("service=a", "service=b");
            assertThat(arrivals.laterMillis(7, new long[] {before})[0]).isPositive();
            assertThat(watchers.lost()).isZero();
        }
    }

    @Test
    void streamsThatBreakAreCounted() throws IOException {
        try (var watchers = open(5)) {
            server.stop(0);

            Calls.await("all to be lost", LIMIT, () -> watchers.lost() == 5);
        }
    }

    @Test
    void serverThatIsNotThereIsSaid() {
        var address = server.getAddress();
        server.stop(0);

        assertThatThrownBy(() -> StreamWatchers.open(List.of(address), List.of("a"), 1, arrivals))
                .isInstanceOf(IOException.class);
    }

    private Watchers open(int count) throws IOException {
        return StreamWatchers.open(List.of(server.getAddress()), List.of("a", "b"), count, arrivals);
    }

    private void watch(HttpExchange exchange) throws IOException {
        queries.add(exchange.getRequestURI().getQuery());
        exchange.sendResponseHeaders(200, 0);
        streams.add(exchange.getResponseBody());
        send(exchange.getResponseBody(), "nothing");
    }

    private static void send(OutputStream stream, String version) throws IOException {
        stream.write(("event: change\ndata: {\"version\":\"" + version + "\"}\n\n").getBytes(StandardCharsets.UTF_8));
        stream.flush();
    }
}
