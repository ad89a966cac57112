package io.rollcall.client.fake;

import io.rollcall.api.model.HealthCheck;
import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceStatus;
import io.rollcall.api.model.Registration;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A registry in the memory of one process: leases lapse and are revived, HTTP checks fail and pass. */
final class FakeRegistry {

    /** One registered instance. */
    private static final class Entry {
        final Registration registration;
        final long incarnation;
        volatile long lastBeatNanos = System.nanoTime();
        volatile boolean checkedWell;
        final AtomicInteger failures = new AtomicInteger();
        volatile Future<?> checking = CompletableFuture.completedFuture(null);

        Entry(Registration registration, long incarnation) {
            this.registration = registration;
            this.incarnation = incarnation;
        }

        Instance toInstance() {
            Duration ttl = registration.ttl();
            boolean lapsed = !ttl.isZero() && System.nanoTime() - lastBeatNanos > ttl.toNanos();
            HealthCheck check = registration.healthCheck();
            if (lapsed) {
                return instance(InstanceStatus.CRITICAL, "the lease lapsed");
            }
            if (check != null && failures.get() >= check.retries()) {
                return instance(InstanceStatus.CRITICAL, "the check failed");
            }
            return check != null && !checkedWell
                    ? instance(InstanceStatus.STARTING, "the check has not passed")
                    : instance(InstanceStatus.PASSING, "");
        }

        private Instance instance(InstanceStatus status, String reason) {
            Instant now = Instant.now();
            return new Instance(
                    registration, incarnation, status, reason, now, now, false, now, incarnation, incarnation);
        }
    }

    private final ConcurrentNavigableMap<String, Entry> entries = new ConcurrentSkipListMap<>();
    private final AtomicLong index = new AtomicLong();
    private final HttpClient http = HttpClient.newHttpClient();
    private final ScheduledExecutorService checks = Executors.newScheduledThreadPool(2);

    Instance register(Registration registration) {
        Entry entry = new Entry(registration, index.incrementAndGet());
        String key =
                registration.key().service().name() + "/" + registration.key().id();
        endChecks(entries.put(key, entry));
        HealthCheck check = registration.healthCheck();
        if (check != null) {
            long millis = check.interval().toMillis();
            entry.checking =
                    checks.scheduleAtFixedRate(() -> check(entry, check), millis / 2, millis, TimeUnit.MILLISECONDS);
        }
        return entry.toInstance();
    }

    boolean remove(String key) {
        index.incrementAndGet();
        Entry removed = entries.remove(key);
        endChecks(removed);
        return removed != null;
    }

    private static void endChecks(@Nullable Entry entry) {
        if (entry != null) {
            entry.checking.cancel(false);
        }
    }

    /** Returns the lease; empty if there is no such instance. */
    Optional<Duration> beat(String key) {
        Entry entry = entries.get(key);
        if (entry == null) {
            return Optional.empty();
        }
        entry.lastBeatNanos = System.nanoTime();
        return Optional.of(entry.registration.ttl());
    }

    /** The instances whose key begins so, in order. */
    List<Instance> find(String prefix, boolean any) {
        return entries.values().stream()
                .map(Entry::toInstance)
                .filter(instance -> (instance.key().service().name() + "/").startsWith(prefix))
                .filter(instance -> any || instance.status().takesTraffic())
                .toList();
    }

    long index() {
        return index.get();
    }

    private void check(Entry entry, HealthCheck check) {
        URI uri =
                URI.create("http://" + entry.registration.host() + ":" + entry.registration.port() + check.endpoint());
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(uri).timeout(check.timeout()).build();
            boolean good = http.send(request, BodyHandlers.discarding()).statusCode() == 200;
            entry.failures.updateAndGet(before -> good ? 0 : before + 1);
            entry.checkedWell |= good;
        } catch (IOException e) {
            entry.failures.incrementAndGet();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
