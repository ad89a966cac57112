package io.rollcall.server.view;

import io.rollcall.api.model.ConfigEntry;
import io.rollcall.api.model.Namespace;
import io.rollcall.server.view.ConfigWaiters.Waiter;
import io.rollcall.statemachine.change.ChangeBatch;
import io.rollcall.statemachine.change.ChangeSink;
import io.rollcall.statemachine.change.RegistryChange;
import io.rollcall.statemachine.change.RegistryChange.ConfigChanged;
import io.rollcall.statemachine.change.RegistryChange.ConfigForgotten;
import io.rollcall.statemachine.change.StateReset;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * What is known of the configuration in memory, and who waits for it to change. The thread that applies the log replaces
 * the snapshot once an entry; readers on any thread take it and work on it undisturbed. The values are on disk alone.
 */
public final class ConfigView implements ChangeSink {

    /** Readers that may wait at a time. */
    public static final int WAITING_MAX = 65_536;

    private final ConfigWaiters waiters = new ConfigWaiters();
    private volatile ConfigSnapshot current = ConfigSnapshot.EMPTY;

    /** A view of nothing. */
    public ConfigView() {}

    /**
     * Returns the newest snapshot.
     *
     * @return immutable; all its parts are of one registry index
     */
    public ConfigSnapshot current() {
        return current;
    }

    /**
     * Waits until the version of a query is past an index.
     *
     * @param scope its keys
     * @param index past which
     * @param wait how long
     * @return completed once it is, or when the time is over; on the thread that applies the log, so that what follows
     *     must go elsewhere. Fails with {@link RejectedExecutionException} if {@value #WAITING_MAX} wait already
     */
    public CompletableFuture<Void> changed(ConfigScope scope, long index, Duration wait) {
        if (current.index(scope) > index) {
            return CompletableFuture.completedFuture(null);
        }
        if (waiters.size() >= WAITING_MAX) {
            return CompletableFuture.failedFuture(
                    new RejectedExecutionException(WAITING_MAX + " readers wait for configuration already"));
        }
        Waiter waiter = new Waiter(scope, index, new CompletableFuture<>());
        waiters.add(waiter);
        // Once more: whoever changed it meanwhile did not see this waiter.
        if (current.index(scope) > index) {
            waiter.passed().complete(null);
        }
        waiter.passed().completeOnTimeout(null, wait.toMillis(), TimeUnit.MILLISECONDS);
        // Of this future itself, not of what follows from it: whoever waits no longer completes it himself.
        var unused = waiter.passed().whenComplete((passed, failure) -> waiters.remove(waiter));
        return waiter.passed();
    }

    /**
     * Returns how many readers wait.
     *
     * @return 0 or more
     */
    public int waiting() {
        return waiters.size();
    }

    @Override
    public void changed(ChangeBatch batch) {
        List<ConfigEntry> changed = new ArrayList<>();
        ConfigSnapshot next = current.at(batch.registryIndex());
        for (RegistryChange change : batch.changes()) {
            if (change instanceof ConfigChanged config) {
                changed.add(config.after());
                next = next.with(config.after());
            } else if (change instanceof ConfigForgotten config) {
                next = next.without(config.before());
            }
        }
        current = next;
        for (ConfigEntry entry : changed) {
            waiters.concernedBy(entry.key()).stream()
                    .filter(waiter -> entry.modifyIndex() > waiter.index())
                    .forEach(waiter -> waiter.passed().complete(null));
        }
    }

    @Override
    public void reset(StateReset state) {
        List<ConfigEntry> all = new ArrayList<>();
        state.forEachConfig(all::add);
        Map<Namespace, Long> floors = new TreeMap<>();
        state.forEachConfigFloor(floors::put);
        ConfigSnapshot loaded = ConfigSnapshot.of(state.position().registryIndex(), all, floors);
        current = loaded;
        waiters.those(waiter -> loaded.index(waiter.scope()) > waiter.index())
                .forEach(waiter -> waiter.passed().complete(null));
    }
}
