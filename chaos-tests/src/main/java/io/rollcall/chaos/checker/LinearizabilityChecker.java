package io.rollcall.chaos.checker;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a history of one object is linearizable: whether each operation can be thought to happen at one moment
 * between its call and its return. The algorithm is that of Wing and Gong ("Testing and Verifying Concurrent Objects", 1993)
 * with Lowe's memory of what was tried ("Testing for Linearizability", 2017). Objects that do not know each other are
 * checked one by one, which is what makes long histories bearable.
 *
 * <p>An operation of unknown outcome may be put anywhere after its call, or left out, so each of them can double the work.
 * Three things that never lose an order keep it small:
 *
 * <ul>
 *   <li>An answered operation that observes only is done as soon as its answer fits: an order that has it later may have it
 *       here as well. Nothing else is tried in its place.
 *   <li>An operation of unknown outcome is tried only after all answered ones, and only where it changes something.
 *   <li>Where the same answered operations are done and the state is the same, whoever used more of the unknown ones has only
 *       fewer left: what contains a set that was tried is not tried.
 * </ul>
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

    /**
     * An operation's call or its return, in a list from which both are taken while the operation is thought to be done.
     * The return of an unknown operation is in no list.
     */
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

    /**
     * What was thought to be done.
     *
     * @param call the call
     * @param before the state before it
     * @param forced whether it was the only choice worth trying
     */
    private record Choice<S, I, O>(Event<I, O> call, S before, boolean forced) {}

    /** Answered operations that are done, and the state after them and after some of the unknown ones. */
    private record Place<S>(BitSet answered, S state) {}

    private final class Search {

        private final Event<I, O> head;
        private final BitSet answered = new BitSet();
        private final BitSet guessed = new BitSet();
        private final Deque<Choice<S, I, O>> choices = new ArrayDeque<>();
        private final Map<Place<S>, List<BitSet>> tried = new HashMap<>();
        private S state = model.initial();
        private int answeredLeft;
        /** Whether all answered operations that are due here were tried, and the unknown ones are now. */
        private boolean guessing;

        private List<Operation<I, O>> longest = List.of();

        private Search(List<Operation<I, O>> history) {
            List<Event<I, O>> events = new ArrayList<>();
            for (int number = 0; number < history.size(); number++) {
                Operation<I, O> operation = history.get(number);
                Event<I, O> end = new Event<>(operation, number, operation.returnNanos(), null);
                events.add(new Event<>(operation, number, operation.callNanos(), end));
                if (!operation.isUnknown()) {
                    events.add(end);
                    answeredLeft++;
                }
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
                    boolean chosen = at.operation.isUnknown() == guessing && choose(at);
                    guessing = guessing && !chosen;
                    at = chosen ? head.next : at.next;
                } else if (!guessing) {
                    guessing = true;
                    at = head.next;
                } else {
                    // Whoever returned here must have been done before; so what was chosen last was wrong.
                    keepLongest();
                    Event<I, O> wrong = takeBack();
                    if (wrong == null) {
                        return new Linearizability.Violated<>(longest);
                    }
                    guessing = wrong.operation.isUnknown();
                    at = wrong.next;
                }
            }
            return new Linearizability.Holds<>(order());
        }

        private boolean choose(Event<I, O> call) {
            boolean unknown = call.operation.isUnknown();
            S after = model.step(state, call.operation.input(), call.operation.output());
            if (after == null || (unknown && after.equals(state))) {
                return false;
            }
            BitSet done = unknown ? guessed : answered;
            done.set(call.number);
            if (!isNew(after)) {
                done.clear(call.number);
                return false;
            }
            choices.push(new Choice<>(call, state, observes(call.operation)));
            state = after;
            answeredLeft -= unknown ? 0 : 1;
            call.lift();
            return true;
        }

        private boolean observes(Operation<I, O> operation) {
            return operation.output() != null && model.observes(operation.input(), operation.output());
        }

        /** Tells whether no place that leaves at least as much open as this one was tried, and remembers this one. */
        private boolean isNew(S after) {
            List<BitSet> before =
                    tried.computeIfAbsent(new Place<>((BitSet) answered.clone(), after), place -> new ArrayList<>(1));
            for (BitSet fewer : before) {
                if (isWithin(fewer, guessed)) {
                    return false;
                }
            }
            before.removeIf(more -> isWithin(guessed, more));
            before.add((BitSet) guessed.clone());
            return true;
        }

        private static boolean isWithin(BitSet part, BitSet whole) {
            BitSet outside = (BitSet) part.clone();
            outside.andNot(whole);
            return outside.isEmpty();
        }

        /** Undoes what was chosen last among others, and all that followed from it. */
        private @Nullable Event<I, O> takeBack() {
            Choice<S, I, O> wrong;
            do {
                wrong = choices.poll();
                if (wrong == null) {
                    return null;
                }
                state = wrong.before;
                boolean unknown = wrong.call.operation.isUnknown();
                (unknown ? guessed : answered).clear(wrong.call.number);
                answeredLeft += unknown ? 0 : 1;
                wrong.call.unlift();
            } while (wrong.forced);
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
