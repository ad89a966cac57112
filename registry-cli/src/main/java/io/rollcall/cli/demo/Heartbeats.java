package io.rollcall.cli.demo;

import io.rollcall.api.model.Instance;
import io.rollcall.client.RegistryClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The heartbeats of the providers, on a thread of their own: a consumer that waits for a node must not hold them up. */
final class Heartbeats implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(1);

    private final RegistryClient registry;
    private final Consumer<String> news;
    private final List<Heart> hearts = new CopyOnWriteArrayList<>();
    private final Thread thread = new Thread(this::beat, "demo-heartbeats");

    private Heartbeats(RegistryClient registry, Consumer<String> news) {
        this.registry = registry;
        this.news = news;
    }

    /**
     * Beats from now on, until it is closed.
     *
     * @param ttl how long it is worth trying; no sample has another one
     * @param news takes one sentence when something unusual happens
     */
    static Heartbeats start(List<String> servers, Duration ttl, Consumer<String> news) {
        RegistryClient registry = RegistryClient.builder()
                .servers(servers)
                .attemptTimeout(ATTEMPT_TIMEOUT)
                .deadline(ttl)
                .build();
        Heartbeats heartbeats = new Heartbeats(registry, news);
        heartbeats.thread.setDaemon(true);
        heartbeats.thread.start();
        return heartbeats;
    }

    /** Beats for one more. */
    void add(SampleProvider provider, Instance registered) {
        hearts.add(new Heart(provider, registered, registry, news, System.nanoTime()));
    }

    private void beat() {
        try {
            while (true) {
                for (Heart heart : hearts) {
                    heart.beatIfDue(System.nanoTime());
                }
                TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns when no heartbeat, and no registration that one asked for, is under way any more. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        registry.close();
    }
}
