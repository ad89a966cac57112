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

    /**
     * Tells whether an operation that was answered so leaves the state as it is, whatever the state was.
     *
     * @param input what is asked
     * @param output what was answered
     * @return false if it may have changed something
     */
    boolean observes(I input, O output);
}
