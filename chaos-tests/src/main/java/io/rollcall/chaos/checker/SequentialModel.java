package io.rollcall.chaos.checker;

import org.jspecify.annotations.Nullable;

/**
 * What an object does when operations come one after another.
 *
 * @param <S> its states: immutable, with {@code equals} and {@code hashCode}
 * @param <I> what can be asked of it
 * @param <O> what it can answer
 */
public interface SequentialModel<S, I, O> {

    /**
     * Returns the state before all operations.
     *
     * @return the same each time
     */
    S initial();

    /**
     * Takes one step.
     *
     * @param state the state before
     * @param input what is asked
     * @param output what was answered; null if that is unknown
     * @return the state after; null if the object would not have answered that
     */
    @Nullable
    S step(S state, I input, @Nullable O output);
}
