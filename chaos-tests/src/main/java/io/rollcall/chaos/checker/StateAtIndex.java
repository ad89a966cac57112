package io.rollcall.chaos.checker;

import io.rollcall.chaos.history.InstanceRef;
import io.rollcall.chaos.history.Observation;
import io.rollcall.chaos.history.Observation.Action;
import io.rollcall.chaos.history.Verdict;
import io.rollcall.chaos.report.Figure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The check that every read, stale ones too, showed what the acknowledged writes had made of the registry at the index that
 * the answer names. As all of a list is compared at one index, a list that mixes two states is found as well.
 *
 * <p>A write of unknown outcome may have happened at any index after its call, so its value is allowed, too.
 */
final class StateAtIndex {

    private static final String ABSENT = "";

    private final Map<InstanceRef, Key> keys = new HashMap<>();
    private final Map<String, List<InstanceRef>> ofService = new HashMap<>();
    private final Set<String> refused = new HashSet<>();

    /** What is known of the writes to one instance. */
    private static final class Key {
        private final TreeMap<Long, Observation> done = new TreeMap<>();
        private final List<Observation> unknown = new ArrayList<>();
    }

    private StateAtIndex() {}

    static void check(List<Observation> history, Findings findings) {
        StateAtIndex state = new StateAtIndex();
        history.forEach(state::learn);
        history.stream()
                .filter(seen -> !seen.isWrite() && seen.verdict() == Verdict.DONE)
                .sorted(Comparator.comparingLong(Observation::calledNanos))
                .forEach(read -> state.compare(read, findings));
    }

    private void learn(Observation write) {
        if (!write.isWrite()) {
            return;
        }
        if (write.registers() && write.verdict() == Verdict.NOT_DONE) {
            refused.add(write.value());
        }
        Key key = keys.computeIfAbsent(write.target(), ref -> {
            ofService.computeIfAbsent(ref.service(), any -> new ArrayList<>()).add(ref);
            return new Key();
        });
        if (write.verdict() == Verdict.DONE) {
            key.done.put(write.index(), write);
        } else if (write.verdict() == Verdict.UNKNOWN) {
            key.unknown.add(write);
        }
    }

    private void compare(Observation read, Findings findings) {
        for (String value : read.seen().values()) {
            if (refused.contains(value)) {
                findings.violated(
                        Figure.DISHONEST, read.node() + " shows " + value + ", which was answered as not done");
            }
        }
        if (read.applied() < 0) {
            return;
        }
        findings.count(Figure.READS_AT_INDEX_CHECKED, 1);
        if (read.action() == Action.READ) {
            compare(read, read.target(), findings);
            return;
        }
        for (InstanceRef ref : ofService.getOrDefault(read.target().service(), List.of())) {
            compare(read, ref, findings);
        }
    }

    private void compare(Observation read, InstanceRef ref, Findings findings) {
        Key key = keys.get(ref);
        if (key == null) {
            return;
        }
        String shown = read.seen().getOrDefault(ref.id(), ABSENT);
        Map.Entry<Long, Observation> last = key.done.floorEntry(read.applied());
        String expected = last == null ? ABSENT : after(last.getValue());
        if (shown.equals(expected) || explainedByUnknown(key, read, shown)) {
            return;
        }
        boolean lost = read.isFinal() && last != null;
        findings.violated(
                lost ? Figure.LOST : Figure.READS_AT_INDEX_WRONG,
                read.node() + " shows " + ref + " at index " + read.applied() + " as '" + shown + "', not as '"
                        + expected + "' of index " + (last == null ? 0 : last.getKey()));
    }

    private static boolean explainedByUnknown(Key key, Observation read, String shown) {
        return key.unknown.stream()
                .anyMatch(write -> write.calledNanos() <= read.returnedNanos()
                        && after(write).equals(shown));
    }

    private static String after(Observation write) {
        return write.registers() ? write.value() : ABSENT;
    }
}
