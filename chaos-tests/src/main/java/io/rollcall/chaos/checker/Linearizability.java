package io.rollcall.chaos.checker;

import java.util.List;

/**
 * What a check came to.
 *
 * @param <I> what can be asked
 * @param <O> what can be answered
 */
public sealed interface Linearizability<I, O> {

    /**
     * There is an order of the operations that explains all answers.
     *
     * @param order one such order, without those unknown operations that need not have happened
     */
    record Holds<I, O>(List<Operation<I, O>> order) implements Linearizability<I, O> {}

    /**
     * There is no such order.
     *
     * @param longest the longest order that explains its answers; what should have come next is the place to look at
     */
    record Violated<I, O>(List<Operation<I, O>> longest) implements Linearizability<I, O> {}

    /**
     * The search was given up. That is no pass: it has to be counted.
     *
     * @param steps how many steps were tried
     */
    record Undecided<I, O>(long steps) implements Linearizability<I, O> {}
}
