package io.rollcall.server.leader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.rollcall.api.model.CheckState;
import io.rollcall.api.model.CheckType;
import io.rollcall.api.model.HealthCheck;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.Registration;
import io.rollcall.server.config.CheckSettings;
import io.rollcall.server.probe.ProbeResult;
import io.rollcall.server.probe.Probes;
import io.rollcall.server.probe.SystemResolver;
import io.rollcall.server.probe.TargetPolicy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Real checks of a target that fails and recovers. */
final class HealthMonitorIT {

    private static final CheckSettings SETTINGS = new CheckSettings(true, List.of(), List.of(), List.of(), 8, 4);
    private static final HealthCheck CHECK = new HealthCheck(
            CheckType.HTTP, "/", Duration.ofSeconds(1), Duration.ofSeconds(10), 3, 2, "GET", new TreeMap<>(), null);

    private final AtomicInteger status = new AtomicInteger(200);
    private final Queue<Integer> later = new ConcurrentLinkedQueue<>(List.of(503, 200, 429));
    private final AtomicInteger answers = new AtomicInteger();
    private final List<String> reports = new CopyOnWriteArrayList<>();

    @Test
    void targetThatFailsAndRecoversTurnsAfterExactlyAsManyAnswers() throws Exception {
        var target = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        target.createContext("/", exchange -> {
            answers.incrementAndGet();
            exchange.sendResponseHeaders(status.get(), -1);
            exchange.close();
        });
        target.start();
        var timer = Executors.newSingleThreadScheduledExecutor();
        try (var resolver = new SystemResolver(8);
                var probes = new Probes(new TargetPolicy(SETTINGS, List::of), resolver, SETTINGS)) {
            var monitor = new HealthMonitor(probes, this::report, SETTINGS, System::nanoTime, new Random(1));
            var key = InstanceKey.of("default", "orders", "o-1");
            var registration = Registration.builder(key)
                    .address("localhost", target.getAddress().getPort())
                    .healthCheck(CHECK)
                    .build();
            monitor.begin();
            monitor.watch(key, 1, registration, null);
            var unused = timer.scheduleWithFixedDelay(monitor::tick, 0, 50, TimeUnit.MILLISECONDS);

            await().atMost(Duration.ofMinutes(2)).until(() -> reports.size() == 4);
            assertThat(reports)
                    .satisfiesExactly(
                            first -> assertThat(first).startsWith("PASSING after 2: HTTP 200 in "),
                            second -> assertThat(second).startsWith("CRITICAL after 3: HTTP 503 in "),
                            third -> assertThat(third).startsWith("PASSING after 2: HTTP 200 in "),
                            fourth -> assertThat(fourth).startsWith("WARNING after 1: HTTP 429 in "));
            monitor.end();
        } finally {
            timer.shutdownNow();
            target.stop(0);
        }
    }

    /** The target turns within the report, while no check is under way. */
    private void report(InstanceKey key, long incarnation, CheckState state, ProbeResult last) {
        var after = answers.getAndSet(0);
        status.set(later.isEmpty() ? status.get() : later.remove());
        reports.add(state + " after " + after + ": " + last.reason());
    }
}
