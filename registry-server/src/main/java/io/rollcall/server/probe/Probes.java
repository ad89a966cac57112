package io.rollcall.server.probe;

import io.rollcall.api.model.HealthCheck;
import io.rollcall.api.model.Registration;
import io.rollcall.server.config.CheckSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Health checks over the network. Before the first one there are no threads and no sockets, so that a member that does
 * not lead pays nothing.
 */
public final class Probes implements HealthProbe, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Probes.class);

    /** How much later than its timeout a check ends at the latest, should a client miss it. */
    private static final Duration LATE_MAX = Duration.ofMillis(500);

    private record Ways(WebClients clients, WebProbes web, SocketLoop sockets) {}

    private final Pinning pinning;
    private final CheckSettings settings;
    private @Nullable CompletableFuture<Ways> ways;
    private boolean closed;

    /**
     * Probes that have not started yet.
     *
     * @param policy whom they may reach
     * @param resolver for names; not closed with them
     * @param settings trusted authorities and limits
     */
    public Probes(TargetPolicy policy, NameResolver resolver, CheckSettings settings) {
        this.pinning = new Pinning(policy, resolver);
        this.settings = settings;
    }

    @Override
    public CompletableFuture<ProbeResult> probe(Registration registration) {
        HealthCheck check = registration.healthCheck();
        if (check == null) {
            return CompletableFuture.completedFuture(ProbeResult.bad("no check is registered"));
        }
        return ways().thenCompose(started -> probe(started, registration, check))
                .exceptionally(error -> Reasons.bad(error, check.timeout()));
    }

    private CompletableFuture<ProbeResult> probe(Ways started, Registration registration, HealthCheck check) {
        long timeoutNanos = check.timeout().toNanos();
        long deadlineNanos = System.nanoTime() + timeoutNanos;
        return pinning.pin(registration.host(), registration.port())
                .orTimeout(timeoutNanos, TimeUnit.NANOSECONDS)
                .thenCompose(pin -> {
                    if (pin instanceof Pin.Pinned pinned) {
                        return ask(started, registration, check, pinned, deadlineNanos);
                    }
                    return CompletableFuture.completedFuture(ProbeResult.bad(((Pin.Refused) pin).reason()));
                })
                .completeOnTimeout(
                        ProbeResult.bad(Reasons.noAnswer(check.timeout())),
                        timeoutNanos + LATE_MAX.toNanos(),
                        TimeUnit.NANOSECONDS);
    }

    private static CompletableFuture<ProbeResult> ask(
            Ways started, Registration target, HealthCheck check, Pin.Pinned pin, long deadlineNanos) {
        return switch (check.type()) {
            case HTTP -> started.web.http(target, check, pin, false, deadlineNanos);
            case HTTPS -> started.web.http(target, check, pin, true, deadlineNanos);
            case GRPC -> started.web.grpc(target, check, pin, deadlineNanos);
            case TCP -> eachInTurn(pin, "connected", address -> started.sockets.connect(address, deadlineNanos));
            case UDP -> eachInTurn(pin, "answered", address -> started.sockets.ask(address, deadlineNanos));
        };
    }

    /** Good at the first address that answers. */
    private static CompletableFuture<ProbeResult> eachInTurn(
            Pin.Pinned pin, String done, Function<InetSocketAddress, CompletableFuture<Void>> way) {
        long startNanos = System.nanoTime();
        List<InetSocketAddress> addresses = pin.addresses();
        CompletableFuture<Void> answered = way.apply(addresses.get(0));
        for (InetSocketAddress next : addresses.subList(1, addresses.size())) {
            answered = answered.exceptionallyCompose(error -> Reasons.unwrapped(error) instanceof TimeoutException
                    ? CompletableFuture.failedFuture(error)
                    : way.apply(next));
        }
        return answered.thenApply(nothing -> ProbeResult.good(done + Reasons.since(startNanos, System.nanoTime())));
    }

    /** Started at the first call, on a thread of its own, since the first caller must not wait for it. */
    private synchronized CompletableFuture<Ways> ways() {
        if (closed) {
            return CompletableFuture.failedFuture(new IllegalStateException("checks have ended"));
        }
        if (ways == null) {
            CompletableFuture<Ways> starting = new CompletableFuture<>();
            ways = starting;
            Thread thread = new Thread(() -> start(starting), "rollcall-probe-start");
            thread.setDaemon(true);
            thread.start();
        }
        return ways;
    }

    private void start(CompletableFuture<Ways> starting) {
        try {
            WebClients clients = new WebClients(settings.authorities(), settings.maxConcurrentPerTarget());
            starting.complete(new Ways(clients, new WebProbes(clients), new SocketLoop(settings.maxConcurrent())));
        } catch (Exception e) {
            LOG.atError().setCause(e).log("health checks cannot be made; see the cause and restart this member");
            starting.completeExceptionally(e);
        }
    }

    @Override
    public void close() throws IOException {
        CompletableFuture<Ways> started;
        synchronized (this) {
            closed = true;
            started = ways;
        }
        if (started != null && !started.isCompletedExceptionally()) {
            Ways running = started.join();
            try {
                running.sockets.close();
            } finally {
                running.clients.close();
            }
        }
    }
}
