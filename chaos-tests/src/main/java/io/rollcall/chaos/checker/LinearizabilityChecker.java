package io.rollcall.chaos.checker;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a history of one object is linearizable: whether each operation can be thought to happen at one moment
 * between its call and its return. The algorithm is that of Wing and Gong ("Testing and Verifying Concurrent Objects", 1993)
 * with Lowe's memory of what was tried ("Testing for Linearizability", 2017). Objects that do not know each other are
 * checked one by one, which is what makes long histories bearable.
 *
 * <p>An operation of unknown outcome may be put anywhere after its call, or left out. Each of them can double the work.
 *
 * @param <S> states of the object
 * @param <I> what can be asked of it
 * @param <O> what it can answer
 */
public final class LinearizabilityChecker<S, I, O> {

    private final SequentialModel<S, I, O> model;
    private final long maxSteps;

    /**
     * A checker.
     *
     * @param model the object
     * @param maxSteps steps after which it gives up; a history that holds takes some four for each operation
     */
    public LinearizabilityChecker(SequentialModel<S, I, O> model, long maxSteps) {
        this.model = model;
        this.maxSteps = maxSteps;
    }

    /**
     * Checks one history.
     *
     * @param history the operations of one object, in any order, without those that certainly did not happen
     * @return what it comes to
     */
    public Linearizability<I, O> check(List<Operation<I, O>> history) {
        return history.isEmpty() ? new Linearizability.Holds<>(List.of()) : new Search(history).run();
    }

    /** An operation's call or its return, in a list from which both are taken while the operation is thought to be done. */
    private static final class Event<I, O> {

        private final Operation<I, O> operation;
        private final int number;
        private final long nanos;
        private final @Nullable Event<I, O> matchingReturn;
        private @Nullable Event<I, O> previous;
        private @Nullable Event<I, O> next;

        private Event(Operation<I, O> operation, int number, long nanos, @Nullable Event<I, O> matchingReturn) {
            this.operation = operation;
            this.number = number;
            this.nanos = nanos;
            this.matchingReturn = matchingReturn;
        }

        private boolean isCall() {
            return matchingReturn != null;
        }

        private void unlink() {
            if (previous != null) {
                previous.next = next;
            }
            if (next != null) {
                next.previous = previous;
            }
        }

        private void relink() {
            if (previous != null) {
                previous.next = this;
            }
            if (next != null) {
                next.previous = this;
            }
        }

        /** Takes a call and its return out of the list. */
        private void lift() {
            unlink();
            if (matchingReturn != null) {
                matchingReturn.unlink();
            }
        }

        /** Puts them back where they were. */
        private void unlift() {
            if (matchingReturn != null) {
                matchingReturn.relink();
            }
            relink();
        }
    }

    /** What was thought to be done, and the state before it. */
    private record Choice<S, I, O>(Event<I, O> call, S before) {}

    private record Tried<S>(BitSet done, S state) {}

    private final class Search {

        private final Event<I, O> head;
        private final BitSet done = new BitSet();
        private final Deque<Choice<S, I, O>> choices = new ArrayDeque<>();
        private final Set<Tried<S>> tried = new HashSet<>();
        private S state = model.initial();
        private int answeredLeft;
        private List<Operation<I, O>> longest = List.of();

        private Search(List<Operation<I, O>> history) {
            List<Event<I, O>> events = new ArrayList<>();
            for (int number = 0; number < history.size(); number++) {
                Operation<I, O> operation = history.get(number);
                Event<I, O> end = new Event<>(operation, number, operation.returnNanos(), null);
                events.add(new Event<>(operation, number, operation.callNanos(), end));
                events.add(end);
                answeredLeft += operation.isUnknown() ? 0 : 1;
            }
            // At the same moment calls come first: the two may have met.
            events.sort(Comparator.<Event<I, O>>comparingLong(event -> event.nanos)
                    .thenComparing(event -> event.isCall() ? 0 : 1));
            // Stands before the first event, so that each event has one before it; nobody looks at its operation.
            head = new Event<>(history.get(0), -1, 0, null);
            Event<I, O> last = head;
            for (Event<I, O> event : events) {
                last.next = event;
                event.previous = last;
                last = event;
            }
        }

        private Linearizability<I, O> run() {
            Event<I, O> at = head.next;
            for (long steps = 0; answeredLeft > 0; steps++) {
                if (steps == maxSteps) {
                    return new Linearizability.Undecided<>(steps);
                }
                if (at != null && at.isCall()) {
                    at = choose(at) ? head.next : at.next;
                } else if (at != null && at.operation.isUnknown()) {
                    at = at.next;
                } else {
                    // Whoever returned here must have been done before; so what was chosen last was wrong.
                    keepLongest();
                    at = takeBack();
                    if (at == null) {
                        return new Linearizability.Violated<>(longest);
                    }
                    at = at.next;
                }
            }
            return new Linearizability.Holds<>(order());
        }

        private boolean choose(Event<I, O> call) {
            S after = model.step(state, call.operation.input(), call.operation.output());
            if (after == null) {
                return false;
            }
            done.set(call.number);
            if (!tried.add(new Tried<>((BitSet) done.clone(), after))) {
                done.clear(call.number);
                return false;
            }
            choices.push(new Choice<>(call, state));
            state = after;
            answeredLeft -= call.operation.isUnknown() ? 0 : 1;
            call.lift();
            return true;
        }

        private @Nullable Event<I, O> takeBack() {
            Choice<S, I, O> wrong = choices.poll();
            if (wrong == null) {
                return null;
            }
            state = wrong.before;
            done.clear(wrong.call.number);
            answeredLeft += wrong.call.operation.isUnknown() ? 0 : 1;
            wrong.call.unlift();
            return wrong.call;
        }

        private void keepLongest() {
            if (choices.size() > longest.size()) {
                longest = order();
            }
        }

        private List<Operation<I, O>> order() {
            List<Operation<I, O>> order = new ArrayList<>(choices.size());
            choices.descendingIterator().forEachRemaining(choice -> order.add(choice.call.operation));
            return List.copyOf(order);
        }
    }
}
