package io.rollcall.chaos.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What must be registered after a history: for each instance the states that are possible, which is one unless the outcome
 * of its last write is unknown. Thread-safe.
 */
public final class StateModel {

    /** Possible states in the order in which they may follow each other; never empty. What is absent has no entry. */
    private final Map<InstanceRef, List<InstanceState>> possible = new HashMap<>();

    /**
     * Takes a write into account. Writes to one instance come in their order.
     *
     * @param write with its verdict
     */
    public synchronized void record(WriteRecord write) {
        List<InstanceRef> targets = write.planned().targets();
        for (int i = 0; i < targets.size(); i++) {
            InstanceRef target = targets.get(i);
            switch (write.verdict()) {
                case DONE -> keep(target, List.of(after(write, i)));
                case UNKNOWN -> {
                    List<InstanceState> states = new ArrayList<>(possible(target));
                    states.add(after(write, i));
                    keep(target, states);
                }
                case NOT_DONE, REFUSED -> {}
            }
        }
    }

    /**
     * Compares what a node shows to a reader that began after all recorded writes ended, and narrows the model to it: what
     * was seen once must not be taken back.
     *
     * @param node who showed it
     * @param seen all that it showed
     * @return what is wrong, a sentence each; empty if nothing is
     */
    public synchronized List<String> compare(String node, Map<InstanceRef, InstanceState> seen) {
        List<String> violations = new ArrayList<>();
        Set<InstanceRef> all = new HashSet<>(possible.keySet());
        all.addAll(seen.keySet());
        for (InstanceRef ref : all) {
            InstanceState shown = seen.getOrDefault(ref, InstanceState.ABSENT);
            List<InstanceState> states = possible(ref);
            int match = indexOfMatch(states, shown);
            if (match < 0) {
                violations.add(node + " shows " + ref + " as " + shown + ", possible: " + states);
            } else {
                keep(ref, states.subList(match, states.size()));
            }
        }
        return violations;
    }

    /**
     * Returns the number of instances that are certainly registered.
     *
     * @return 0 or more
     */
    public synchronized long registered() {
        return possible.values().stream()
                .filter(states -> !states.contains(InstanceState.ABSENT))
                .count();
    }

    private static InstanceState after(WriteRecord write, int target) {
        if (!write.planned().registers()) {
            return InstanceState.ABSENT;
        }
        long incarnation =
                write.incarnations().isEmpty() ? 0 : write.incarnations().get(target);
        return new InstanceState(write.planned().requestId(), incarnation);
    }

    private static int indexOfMatch(List<InstanceState> states, InstanceState shown) {
        for (int i = 0; i < states.size(); i++) {
            if (states.get(i).allows(shown)) {
                return i;
            }
        }
        return -1;
    }

    private List<InstanceState> possible(InstanceRef ref) {
        return possible.getOrDefault(ref, List.of(InstanceState.ABSENT));
    }

    private void keep(InstanceRef ref, List<InstanceState> states) {
        if (states.equals(List.of(InstanceState.ABSENT))) {
            possible.remove(ref);
        } else {
            possible.put(ref, List.copyOf(states));
        }
    }
}
