package io.rollcall.client.balance;

import io.rollcall.api.model.Instance;

/**
 * A call to an instance of a service.
 *
 * @param <T> its answer
 * @param <E> what it throws beside unchecked exceptions
 */
@FunctionalInterface
public interface InstanceCall<T, E extends Exception> {

    /**
     * Makes the call.
     *
     * @param instance where
     * @return the answer
     * @throws E if it failed; an answer that says so, such as HTTP 503, has to be thrown too, or it counts as a success
     */
    T to(Instance instance) throws E;
}
