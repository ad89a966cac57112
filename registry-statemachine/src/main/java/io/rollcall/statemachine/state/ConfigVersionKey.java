package io.rollcall.statemachine.state;

import io.rollcall.api.model.ConfigKey;
import java.util.Comparator;

/**
 * One version of a configuration key.
 *
 * @param key which key
 * @param version 1 or more
 */
public record ConfigVersionKey(ConfigKey key, long version) implements Comparable<ConfigVersionKey> {

    private static final Comparator<ConfigVersionKey> ORDER =
            Comparator.comparing(ConfigVersionKey::key).thenComparingLong(ConfigVersionKey::version);

    @Override
    public int compareTo(ConfigVersionKey other) {
        return ORDER.compare(this, other);
    }
}
