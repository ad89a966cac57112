package io.rollcall.client.provide;

import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.InstanceStatus;
import io.rollcall.api.model.Registration;
import io.rollcall.client.Outcome;
import io.rollcall.client.RegistryClient;
import io.rollcall.client.fake.FakeCluster;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** The parts of a provider without its threads: a test takes their steps, at times that it sets itself. */
final class Rig implements AutoCloseable {

    private static final int MAX_CALLS = 20;

    final FakeCluster cluster;
    final RegistryClient client;
    final Roster roster = new Roster();
    final List<RegistrationEvent> events = new CopyOnWriteArrayList<>();
    final Pulse pulse;
    final Registrar registrar;
    private final AtomicLong nanos = new AtomicLong(1_000_000_000L);
    private double chance;

    Rig(int nodes) {
        this(nodes, Duration.ofSeconds(10));
    }

    /** With a client whose calls, but for beats, end after a while when nobody answers. */
    Rig(int nodes, Duration deadline) {
        cluster = new FakeCluster(nodes);
        client = RegistryClient.builder()
                .servers(cluster.urls())
                .attemptTimeout(Duration.ofSeconds(5))
                .deadline(deadline)
                .build();
        pulse = new Pulse(client, roster, () -> {}, nanos::get, () -> chance);
        registrar = new Registrar(client, roster, () -> {}, nanos::get, () -> chance);
    }

    void chance(double value) {
        chance = value;
    }

    void passes(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    long now() {
        return nanos.get();
    }

    static Registration registration(String id, Duration ttl) {
        return Registration.builder(InstanceKey.of("default", "orders", id))
                .address("127.0.0.1", 9000)
                .ttl(ttl)
                .build();
    }

    KeptInstance add(Registration registration, boolean takeover, boolean failsFast) {
        KeptInstance kept = new KeptInstance(registration, takeover, failsFast, now(), events::add);
        roster.add(kept);
        return kept;
    }

    /** Registered, with the event of it taken. */
    KeptInstance registered(String id, Duration ttl) {
        KeptInstance kept = add(registration(id, ttl), false, false);
        register();
        events.clear();
        return kept;
    }

    /** Registered without a request. */
    void registeredAlready(Registration registration) {
        KeptInstance kept = add(registration, false, false);
        Instance instance = cluster.put(registration, InstanceStatus.PASSING, "");
        kept.written(kept.beginWriting(now()), instance, now(), now(), Pulse.USUAL_SHARE);
    }

    /** Registers what is due now. */
    void register() {
        long wait = 0;
        while (wait == 0) {
            wait = registrar.run();
        }
    }

    /** Registers what is due, also if a slow machine needs more than one call for it. */
    void registerUntil(KeptInstance kept, RegistrationState state) {
        for (int i = 0; i < MAX_CALLS && kept.state() != state; i++) {
            passes(Duration.ofSeconds(10));
            register();
        }
    }

    /** Beats, also if a slow machine needs more than one call for it. */
    void beatUntil(KeptInstance kept, RegistrationState state) {
        for (int i = 0; i < MAX_CALLS && kept.state() != state; i++) {
            passes(Duration.ofMillis(200));
            beat();
        }
    }

    /** Takes a step of the beats; returns how long until the next one. */
    Duration beat() {
        long wait = pulse.run();
        return wait == Long.MAX_VALUE ? Duration.ofDays(365) : Duration.ofNanos(wait);
    }

    static Optional<Outcome<Instance>> end(CompletableFuture<Optional<Outcome<Instance>>> failure) {
        return failure.getNow(Optional.of(new Outcome.Unanswered<>("not completed yet")));
    }

    @Override
    public void close() {
        client.close();
        cluster.close();
    }
}
