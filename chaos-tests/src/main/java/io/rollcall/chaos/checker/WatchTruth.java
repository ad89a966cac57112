package io.rollcall.chaos.checker;

import io.rollcall.chaos.history.InstanceRef;
import io.rollcall.chaos.history.Written;
import io.rollcall.chaos.watch.Held;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What was registered at which index, put together from the answers to writes alone: whoever wrote knows the index of each
 * change, and nobody else wrote. Immutable.
 */
public final class WatchTruth {

    private final List<Written> ordered;
    private final Map<String, List<Written>> byService;

    /**
     * The truth of some changes.
     *
     * @param changes all that were made to the services in question, in any order
     * @throws IllegalArgumentException if two of them share an index
     */
    public WatchTruth(List<Written> changes) {
        this.ordered = visible(changes.stream()
                .sorted(Comparator.comparingLong(Written::index))
                .toList());
        this.byService = ordered.stream()
                .collect(Collectors.groupingBy(change -> change.target().service()));
    }

    /** Without what no watcher can notice: a change of what discovery returns neither before nor after. */
    private static List<Written> visible(List<Written> changes) {
        Set<InstanceRef> returned = new HashSet<>();
        List<Written> visible = new ArrayList<>();
        long last = 0;
        for (Written change : changes) {
            if (change.index() <= last) {
                throw new IllegalArgumentException("the index " + last + " is shared by " + change);
            }
            last = change.index();
            boolean before = returned.contains(change.target());
            if (change.mark() != null) {
                returned.add(change.target());
            } else {
                returned.remove(change.target());
            }
            if (before || change.mark() != null) {
                visible.add(change);
            }
        }
        return List.copyOf(visible);
    }

    /**
     * Returns the index of the last change.
     *
     * @return 0 if there is none
     */
    public long lastIndex() {
        return ordered.isEmpty() ? 0 : ordered.get(ordered.size() - 1).index();
    }

    /**
     * Returns what discovery must return when nobody writes any more.
     *
     * @return all instances that it returns
     */
    public Map<InstanceRef, Held> finalState() {
        Map<InstanceRef, Held> state = new HashMap<>();
        ordered.forEach(change -> {
            if (change.mark() == null) {
                state.remove(change.target());
            } else {
                state.put(change.target(), held(change));
            }
        });
        return state;
    }

    /** All changes of some services in the order of their indexes; no services: of all. */
    List<Written> of(List<String> services) {
        if (services.isEmpty()) {
            return ordered;
        }
        if (services.size() == 1) {
            return byService.getOrDefault(services.get(0), List.of());
        }
        return services.stream()
                .flatMap(service -> byService.getOrDefault(service, List.of()).stream())
                .sorted(Comparator.comparingLong(Written::index))
                .toList();
    }

    /** A walk through the states of one service. */
    Walk walk(String service) {
        return new Walk(byService.getOrDefault(service, List.of()));
    }

    private static Held held(Written change) {
        return new Held(change.index(), String.valueOf(change.mark()));
    }

    /** One service from index to index. */
    static final class Walk {

        private final List<Written> changes;
        private final Map<String, Held> state = new HashMap<>();
        private int next;

        private Walk(List<Written> changes) {
            this.changes = changes;
        }

        /**
         * Goes to an index.
         *
         * @param index not below that of the last call
         * @return the ids of the instances that were changed on the way
         */
        Set<String> to(long index) {
            Set<String> touched = new HashSet<>();
            while (next < changes.size() && changes.get(next).index() <= index) {
                Written change = changes.get(next++);
                touched.add(change.target().id());
                if (change.mark() == null) {
                    state.remove(change.target().id());
                } else {
                    state.put(change.target().id(), held(change));
                }
            }
            return touched;
        }

        /** What discovery returned there; changes with the next step. */
        Map<String, Held> state() {
            return state;
        }
    }
}
