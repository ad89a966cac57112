package io.rollcall.chaos.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The check of the indexes that writes were given: one index belongs to one change, and a write that began after another
 * had returned has the higher one. In O(n log n), where a search for a linearization would be exponential.
 */
public final class IndexOrder {

    private IndexOrder() {}

    /**
     * A write that was given an index.
     *
     * @param name of the write, for the message
     * @param index that it was given
     * @param calledNanos before it was sent
     * @param returnedNanos after it was acknowledged
     */
    public record Indexed(String name, long index, long calledNanos, long returnedNanos) {}

    /**
     * Checks a history.
     *
     * @param writes in any order; only those that are done count
     * @return what is wrong, a sentence each; empty if nothing is
     */
    public static List<String> violations(List<WriteRecord> writes) {
        return check(writes.stream()
                .filter(write -> write.verdict() == Verdict.DONE)
                .map(write -> new Indexed(
                        write.planned().requestId(), write.index(), write.calledNanos(), write.returnedNanos()))
                .toList());
    }

    /**
     * Checks indexes.
     *
     * @param writes that are done, in any order
     * @return what is wrong, a sentence each; empty if nothing is
     */
    public static List<String> check(List<Indexed> writes) {
        List<String> violations = new ArrayList<>();
        checkUnique(writes, violations);
        checkRealTime(writes, violations);
        return violations;
    }

    private static void checkUnique(List<Indexed> done, List<String> violations) {
        Map<Long, Indexed> byIndex = new HashMap<>();
        for (Indexed write : done) {
            if (write.index() < 1) {
                violations.add(write.name() + " was acknowledged without an index");
                continue;
            }
            Indexed other = byIndex.put(write.index(), write);
            if (other != null) {
                violations.add("index " + write.index() + " was given to " + other.name() + " and to " + write.name());
            }
        }
    }

    private static void checkRealTime(List<Indexed> done, List<String> violations) {
        List<Indexed> byCall = done.stream()
                .sorted(Comparator.comparingLong(Indexed::calledNanos))
                .toList();
        List<Indexed> byReturn = done.stream()
                .sorted(Comparator.comparingLong(Indexed::returnedNanos))
                .toList();
        int returned = 0;
        long highest = 0;
        for (Indexed write : byCall) {
            // A tie counts as concurrent.
            while (byReturn.get(returned).returnedNanos() < write.calledNanos()) {
                highest = Math.max(highest, byReturn.get(returned).index());
                returned++;
            }
            if (write.index() <= highest) {
                violations.add(write.name() + " has index " + write.index() + " although index " + highest
                        + " had been acknowledged before it began");
            }
        }
    }
}
