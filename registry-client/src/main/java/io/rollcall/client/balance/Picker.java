package io.rollcall.client.balance;

import org.jspecify.annotations.Nullable;

/** Chooses the instance for each call among fixed {@link Candidates}. Thread-safe, and never waits. */
@FunctionalInterface
public interface Picker {

    /**
     * Chooses.
     *
     * @param context what is known of the call
     * @return one of the candidates that the context does not exclude; null if there is none
     */
    @Nullable
    Endpoint pick(PickContext context);
}
