package io.rollcall.cli.demo;

import io.rollcall.api.error.ErrorCode;
import io.rollcall.api.model.Instance;
import io.rollcall.client.Outcome;
import io.rollcall.client.RegistryClient;
import io.rollcall.client.WriteOptions;
import java.io.PrintWriter;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Providers that are registered and beat, and consumers that call them, until they are closed. */
final class Samples implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration REPORT_EVERY = Duration.ofSeconds(2);
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);
    private static final Duration FIRST_CHECKS_LIMIT = Duration.ofSeconds(15);
    private static final Duration DEREGISTRATION_DEADLINE = Duration.ofSeconds(3);
    private static final Duration HTTP_TIMEOUT = Duration.ofSeconds(2);

    private final PrintWriter out;
    private final List<String> servers;
    private final RegistryClient registry;
    private final List<SampleProvider> providers;
    private final List<SampleProvider> registered = new ArrayList<>();
    private final List<Consumer> consumers;
    private final StatusChanges changes;
    private final Heartbeats heartbeats;
    private long reportAt;

    private Samples(PrintWriter out, List<String> servers, Pace pace, List<SampleProvider> providers) {
        this.out = out;
        this.servers = servers;
        this.providers = providers;
        this.registry = RegistryClient.builder().servers(servers).build();
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(HTTP_TIMEOUT)
                .build();
        this.consumers = List.of(
                new Consumer(registry, http, "user-service", "/users"),
                new Consumer(registry, http, "order-service", "/orders"));
        this.changes = new StatusChanges(registry);
        this.heartbeats = Heartbeats.start(servers, pace.ttl(), this::tell);
    }

    static Samples start(PrintWriter out, List<String> servers, Pace pace) throws DemoException {
        return new Samples(out, servers, pace, SampleFleet.start(pace));
    }

    /** Returns when the samples may take traffic. */
    void register() throws DemoException, InterruptedException {
        for (SampleProvider provider : providers) {
            registered.add(provider);
            // A demo that was killed may have left its own samples at other ports.
            Outcome<Instance> outcome = registry.register(
                    provider.registration(), WriteOptions.none().withTakeover());
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (!(outcome instanceof Outcome.Done<Instance> done)) {
                throw new DemoException(
                        "sample " + provider.registration().key().id() + " could not be registered: " + outcome);
            }
            heartbeats.add(provider, done.value());
        }
        awaitFirstChecks();
    }

    private void awaitFirstChecks() throws InterruptedException {
        long start = System.nanoTime();
        while (true) {
            changes.take().forEach(this::tell);
            if (registered.stream()
                    .allMatch(sample -> changes.isPassing(sample.registration().key()))) {
                return;
            }
            if (System.nanoTime() - start >= FIRST_CHECKS_LIMIT.toNanos()) {
                tell("not every sample has passed its first health check after " + FIRST_CHECKS_LIMIT.toSeconds()
                        + " s");
                return;
            }
            TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
        }
    }

    /** Consumes and reports until it is interrupted, or nobody reads the report any more. */
    void consume() throws InterruptedException {
        long lookAt = System.nanoTime();
        reportAt = lookAt + REPORT_EVERY.toNanos();
        while (!out.checkError()) {
            for (Consumer consumer : consumers) {
                consumer.callOnce();
            }
            providers.forEach(provider -> provider.takeNews().forEach(this::tell));
            if (System.nanoTime() - lookAt >= 0) {
                lookAt += LOOK_EVERY.toNanos();
                tellChanges();
            }
            if (System.nanoTime() - reportAt >= 0) {
                report();
            }
            TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
        }
    }

    private void tellChanges() {
        List<String> news = changes.take();
        if (!news.isEmpty()) {
            // First the calls of before, so that the line below shows who is called since.
            report();
            news.forEach(this::tell);
        }
    }

    private void report() {
        out.println(TimeOfDay.now() + "  "
                + consumers.stream().map(Consumer::takeSummary).collect(Collectors.joining("; ")));
        reportAt = System.nanoTime() + REPORT_EVERY.toNanos();
    }

    /** Marked, so that it is seen between the reports. On any thread. */
    private void tell(String news) {
        out.println(TimeOfDay.now() + "  * " + news);
    }

    @Override
    public void close() {
        // Before the deregistration: the next heartbeat would register again.
        heartbeats.close();
        deregister();
        providers.forEach(SampleProvider::close);
        registry.close();
    }

    private void deregister() {
        long start = System.nanoTime();
        int left = registered.size();
        // A client of its own: at the end nobody wants to wait as long as in between.
        try (RegistryClient last = RegistryClient.builder()
                .servers(servers)
                .deadline(DEREGISTRATION_DEADLINE)
                .build()) {
            for (SampleProvider provider : registered) {
                if (System.nanoTime() - start < DEREGISTRATION_DEADLINE.toNanos() && deregister(last, provider)) {
                    left--;
                }
            }
        }
        out.println(left == 0 ? "samples deregistered" : left + " samples could not be deregistered");
    }

    private static boolean deregister(RegistryClient last, SampleProvider provider) {
        Outcome<Boolean> outcome = last.deregister(provider.registration().key(), WriteOptions.none());
        return outcome instanceof Outcome.Done
                || (outcome instanceof Outcome.Refused<Boolean> refused
                        && refused.refusal().is(ErrorCode.INSTANCE_NOT_FOUND));
    }
}
