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
     * Checks a history.
     *
     * @param writes in any order; only those that are done count
     * @return what is wrong, a sentence each; empty if nothing is
     */
    public static List<String> violations(List<WriteRecord> writes) {
        List<WriteRecord> done =
                writes.stream().filter(write -> write.verdict() == Verdict.DONE).toList();
        List<String> violations = new ArrayList<>();
        checkUnique(done, violations);
        checkRealTime(done, violations);
        return violations;
    }

    private static void checkUnique(List<WriteRecord> done, List<String> violations) {
        Map<Long, WriteRecord> byIndex = new HashMap<>();
        for (WriteRecord write : done) {
            if (write.index() < 1) {
                violations.add(write.planned().requestId() + " was acknowledged without an index");
                continue;
            }
            WriteRecord other = byIndex.put(write.index(), write);
            if (other != null) {
                violations.add("index " + write.index() + " was given to "
                        + other.planned().requestId() + " and to "
                        + write.planned().requestId());
            }
        }
    }

    private static void checkRealTime(List<WriteRecord> done, List<String> violations) {
        List<WriteRecord> byCall = done.stream()
                .sorted(Comparator.comparingLong(WriteRecord::calledNanos))
                .toList();
        List<WriteRecord> byReturn = done.stream()
                .sorted(Comparator.comparingLong(WriteRecord::returnedNanos))
                .toList();
        int returned = 0;
        long highest = 0;
        for (WriteRecord write : byCall) {
            // A tie counts as concurrent.
            while (byReturn.get(returned).returnedNanos() < write.calledNanos()) {
                highest = Math.max(highest, byReturn.get(returned).index());
                returned++;
            }
            if (write.index() <= highest) {
                violations.add(write.planned().requestId() + " has index " + write.index() + " although index "
                        + highest + " had been acknowledged before it began");
            }
        }
    }
}
