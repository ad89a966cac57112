package io.rollcall.server.watch;

/**
 * A change that touched a selection: what changed was selected before it, or after it.
 *
 * @param index registry index of the change
 * @param key what changed
 * @param size how many instances were selected after it
 * @param <K> instance or service
 */
record Touch<K>(long index, K key, int size) {}
