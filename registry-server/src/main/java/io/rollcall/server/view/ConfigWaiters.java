package io.rollcall.server.view;

import io.rollcall.api.model.ConfigKey;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/**
 * Readers that wait until one of their keys changes, without a thread for each. A change looks for those who wait for
 * its key or for a beginning of it, and for nobody else. Thread-safe.
 */
final class ConfigWaiters {

    private final ConfigScopes<Set<Waiter>> scopes = new ConfigScopes<>();

    private int waiting;

    /**
     * One that waits.
     *
     * @param scope its keys
     * @param index past which their version must be
     * @param passed completed once it is
     */
    record Waiter(ConfigScope scope, long index, CompletableFuture<Void> passed) {}

    synchronized void add(Waiter waiter) {
        scopes.getOrAdd(waiter.scope(), LinkedHashSet::new).add(waiter);
        waiting++;
    }

    synchronized void remove(Waiter waiter) {
        Set<Waiter> those = scopes.get(waiter.scope());
        if (those == null || !those.remove(waiter)) {
            return;
        }
        waiting--;
        if (those.isEmpty()) {
            scopes.remove(waiter.scope());
        }
    }

    synchronized int size() {
        return waiting;
    }

    /** Those that a change of a key concerns; they stay until they are removed. */
    synchronized List<Waiter> concernedBy(ConfigKey key) {
        return scopes.holding(key).stream().flatMap(Set::stream).toList();
    }

    /** Those that something is true of; they stay until they are removed. */
    synchronized List<Waiter> those(Predicate<Waiter> condition) {
        return scopes.all().stream().flatMap(Set::stream).filter(condition).toList();
    }
}
