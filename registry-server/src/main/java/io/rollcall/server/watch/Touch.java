package io.rollcall.server.watch;

import org.jspecify.annotations.Nullable;

/**
 * A change that touched a selection: what changed was selected before it, or after it.
 *
 * @param index registry index of the change
 * @param key what changed
 * @param size how many instances were selected after it
 * @param traceParent what readers continue its trace with; null if that is not sampled
 * @param <K> instance or service
 */
record Touch<K>(long index, K key, int size, @Nullable String traceParent) {

    /** One whose trace is not sampled. */
    Touch(long index, K key, int size) {
        this(index, key, size, null);
    }
}
