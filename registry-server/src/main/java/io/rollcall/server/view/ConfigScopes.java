package io.rollcall.server.view;

import io.rollcall.api.model.ConfigKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One thing for each of several scopes. A key finds those of the scopes that hold it, and looks at no others. Not
 * thread-safe.
 *
 * @param <T> the things
 */
public final class ConfigScopes<T> {

    private final Map<ConfigScope, T> byScope = new HashMap<>();

    /** How many prefixes there are of each length: a key tries no other beginnings of itself. */
    private final TreeMap<Integer, Integer> prefixLengths = new TreeMap<>();

    /** Nothing of any scope. */
    public ConfigScopes() {}

    /**
     * Returns the thing of a scope.
     *
     * @param scope which
     * @return null if there is none
     */
    public @Nullable T get(ConfigScope scope) {
        return byScope.get(scope);
    }

    /**
     * Returns the thing of a scope, which gets one if it has none.
     *
     * @param scope which
     * @param missing makes it
     * @return the thing
     */
    public T getOrAdd(ConfigScope scope, Supplier<T> missing) {
        T present = byScope.get(scope);
        if (present != null) {
            return present;
        }
        T added = missing.get();
        byScope.put(scope, added);
        if (scope.isPrefix()) {
            prefixLengths.merge(scope.text().length(), 1, Integer::sum);
        }
        return added;
    }

    /**
     * Removes the thing of a scope.
     *
     * @param scope which; it may have none
     */
    public void remove(ConfigScope scope) {
        if (byScope.remove(scope) != null && scope.isPrefix()) {
            prefixLengths.computeIfPresent(scope.text().length(), (length, n) -> n == 1 ? null : n - 1);
        }
    }

    /**
     * Finds the things whose scopes hold a key.
     *
     * @param key which
     * @return a new list, in no order
     */
    public List<T> holding(ConfigKey key) {
        List<T> found = new ArrayList<>();
        if (byScope.isEmpty()) {
            return found;
        }
        add(found, ConfigScope.of(key));
        for (int length : prefixLengths.headMap(key.path().length(), true).keySet()) {
            add(found, ConfigScope.prefix(key.namespace(), key.path().substring(0, length)));
        }
        return found;
    }

    private void add(List<T> found, ConfigScope scope) {
        T present = byScope.get(scope);
        if (present != null) {
            found.add(present);
        }
    }

    /**
     * Returns all things.
     *
     * @return in no order; changes with these
     */
    public Collection<T> all() {
        return byScope.values();
    }

    /**
     * Returns how many there are.
     *
     * @return 0 or more
     */
    public int size() {
        return byScope.size();
    }
}
