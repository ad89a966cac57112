package io.rollcall.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class HttpLoadTest {

    private static final RequestSource GET = out -> out.put(Requests.get("/"));
    private static final RequestSource PUT = out -> out.put(Requests.withBody("PUT", "/", new byte[20_000]));

    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final AtomicInteger served = new AtomicInteger();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(executor);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        executor.shutdownNow();
    }

    @Test
    void closedLoopCountsEachAnswerOnce() {
        server.createContext("/", exchange -> answer(exchange, 200));

        var result = HttpLoad.run(new LoadPlan(List.of(server.getAddress()), 4, 2, Duration.ofMillis(300), 0), GET);

        assertThat(result.failures()).isEmpty();
        assertThat(result.latencyMicros().getTotalCount())
                .isEqualTo(served.get())
                .isPositive();
        assertThat(result.answered()).isBetween(served.get() - 4L, (long) served.get());
        assertThat(result.meanBodyBytes()).isEqualTo(2);
    }

    @Test
    void sendsBodiesThatExceedTheSocketsBuffer() {
        server.createContext("/", exchange -> {
            assertThat(exchange.getRequestBody().readAllBytes()).hasSize(20_000);
            answer(exchange, 201);
        });

        var result = HttpLoad.run(LoadPlan.closed(List.of(server.getAddress()), 3, Duration.ofMillis(200)), PUT);

        assertThat(result.failures()).isEmpty();
        assertThat(result.answered()).isPositive();
    }

    @Test
    void countsWhatIsNoSuccessByItsStatus() {
        server.createContext("/", exchange -> answer(exchange, 503));

        var result = HttpLoad.run(LoadPlan.closed(List.of(server.getAddress()), 1, Duration.ofMillis(100)), GET);

        assertThat(result.answered()).isZero();
        assertThat(result.failures()).containsOnlyKeys("status 503");
    }

    @Test
    void openLoopKeepsItsRateAndCountsAStallFromTheIntendedStart() {
        server.createContext("/", exchange -> {
            if (served.get() == 0) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(400));
            }
            answer(exchange, 200);
        });

        var result = HttpLoad.run(LoadPlan.open(List.of(server.getAddress()), 1, Duration.ofMillis(500), 100), GET);

        assertThat(result.failures()).isEmpty();
        assertThat(result.latencyMicros().getTotalCount()).isEqualTo(50);
        // One request stalled for 400 ms, but half of all were to begin before 250 ms and had to wait for it.
        assertThat(result.latencyMillis(50)).isGreaterThan(100);
    }

    @Test
    void connectsAgainWhereTheServerCloses() {
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Connection", "close");
            answer(exchange, 200);
        });

        var result = HttpLoad.run(LoadPlan.closed(List.of(server.getAddress()), 2, Duration.ofMillis(200)), GET);

        assertThat(result.failures()).isEmpty();
        assertThat(result.answered()).isGreaterThan(2);
    }

    private void answer(HttpExchange exchange, int status) throws IOException {
        served.incrementAndGet();
        exchange.sendResponseHeaders(status, 2);
        exchange.getResponseBody().write(new byte[] {'{', '}'});
        exchange.close();
    }
}
