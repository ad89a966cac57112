package io.rollcall.chaos.history;

import org.jspecify.annotations.Nullable;

/**
 * An acknowledged change of one instance.
 *
 * @param target which instance
 * @param index of the change
 * @param mark of what discovery returns from then on; null: it does not return the instance
 */
public record Written(
        InstanceRef target, long index, @Nullable String mark) {}
