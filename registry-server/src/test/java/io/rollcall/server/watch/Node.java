package io.rollcall.server.watch;

import io.rollcall.server.config.WatchSettings;
import io.rollcall.server.view.CatalogView;
import io.rollcall.server.view.ConfigView;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;

/** One node's view and hub, its thread and its clock being the test's. */
final class Node {

    /** Few, so that whoever is behind needs many. */
    private static final int PAGE_CHANGES = 7;

    static final WatchSettings SETTINGS = WatchSettings.DEFAULT;

    final CatalogView view = new CatalogView();
    final ConfigView config = new ConfigView();
    final Queue<Runnable> pastReads = new ArrayDeque<>();
    final AtomicReference<Throwable> fault = new AtomicReference<>();
    final WatchHub hub;
    boolean refusesReads;
    private final Registry registry;
    private int applied;
    private long nanos = Long.MAX_VALUE - 5_000_000_000L;

    Node(Registry registry, PastTouches past, WatchSettings settings) {
        this(registry, past, settings, Notices.NONE);
    }

    Node(Registry registry, PastTouches past, WatchSettings settings, Notices notices) {
        this.registry = registry;
        catchUp();
        var configPast = new ConfigPast(config, registry::version, PAGE_CHANGES);
        hub = new WatchHub(
                "n1", view, settings, past, configPast, this::read, Runnable::run, () -> nanos, notices, fault::set);
    }

    Node(Registry registry) {
        this(registry, registry, SETTINGS);
    }

    private void read(Runnable look) {
        if (refusesReads) {
            throw new RejectedExecutionException("the test's wish");
        }
        pastReads.add(look);
    }

    /** Applies all that the registry has committed. */
    void catchUp() {
        while (applied < registry.log.size()) {
            applyOne();
        }
    }

    boolean applyOne() {
        if (applied == registry.log.size()) {
            return false;
        }
        var batch = registry.log.get(applied++);
        view.changed(batch);
        config.changed(batch);
        if (hub != null) {
            hub.changed(batch);
        }
        return true;
    }

    /** Lets the hub do all that there is to do. */
    void settle() {
        var worked = true;
        while (worked) {
            worked = hub.round();
            for (var read = pastReads.poll(); read != null; read = pastReads.poll()) {
                read.run();
                worked = true;
            }
        }
    }

    void tell() {
        catchUp();
        settle();
    }

    void pass(Duration time) {
        nanos += time.toNanos();
        settle();
    }
}
