package io.rollcall.server.view;

import io.rollcall.api.model.ConfigKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/**
 * Readers that wait until one of their keys changes, without a thread for each. A change looks for those who wait for
 * its key or for a beginning of it, and for nobody else. Thread-safe.
 */
final class ConfigWaiters {

    private final Map<ConfigScope, Set<Waiter>> byScope = new HashMap<>();

    /** How many prefixes there are of each length: a change tries no other beginnings of its key. */
    private final TreeMap<Integer, Integer> prefixLengths = new TreeMap<>();

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
        byScope.computeIfAbsent(waiter.scope(), scope -> {
                    if (scope.isPrefix()) {
                        prefixLengths.merge(scope.text().length(), 1, Integer::sum);
                    }
                    return new LinkedHashSet<>();
                })
                .add(waiter);
        waiting++;
    }

    synchronized void remove(Waiter waiter) {
        Set<Waiter> those = byScope.get(waiter.scope());
        if (those == null || !those.remove(waiter)) {
            return;
        }
        waiting--;
        if (those.isEmpty()) {
            byScope.remove(waiter.scope());
            if (waiter.scope().isPrefix()) {
                prefixLengths.computeIfPresent(waiter.scope().text().length(), (length, n) -> n == 1 ? null : n - 1);
            }
        }
    }

    synchronized int size() {
        return waiting;
    }

    /** Those that a change of a key concerns; they stay until they are removed. */
    synchronized List<Waiter> concernedBy(ConfigKey key) {
        if (byScope.isEmpty()) {
            return List.of();
        }
        List<Waiter> concerned = new ArrayList<>(byScope.getOrDefault(ConfigScope.of(key), Set.of()));
        for (int length : prefixLengths.headMap(key.path().length(), true).keySet()) {
            ConfigScope scope = ConfigScope.prefix(key.namespace(), key.path().substring(0, length));
            concerned.addAll(byScope.getOrDefault(scope, Set.of()));
        }
        return concerned;
    }

    /** Those that something is true of; they stay until they are removed. */
    synchronized List<Waiter> those(Predicate<Waiter> condition) {
        return byScope.values().stream().flatMap(Set::stream).filter(condition).toList();
    }
}
