package io.rollcall.client.balance;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Writes down whose turn it is: earliest deadline first, the k-th turn of a share s being due at (k + 1/2) / s. That is
 * the divisor method of Webster and Sainte-Laguë, so that after any number of turns each has had about its part. Equal
 * shares are one group, which takes turns within; the heap is then as large as the number of different shares.
 *
 * <p>A lap gives each exactly its share: the turns that are due before 1. Then all begin anew, so that no rounding adds
 * up. Not thread-safe.
 *
 * @see <a href="https://github.com/nginx/nginx/commit/52327e0627f49dbda1e8db695e63a4b0af4448b1">nginx's smooth weighted
 *     round robin</a>; Envoy's EDF scheduler
 */
final class TurnWriter {

    private static final double RANDOM_UNIT = 0x1p-53;
    private static final Comparator<Group> BY_DUE =
            Comparator.<Group>comparingDouble(group -> group.due).thenComparingInt(group -> group.rank);

    private final PriorityQueue<Group> groups;
    private final long cycle;

    TurnWriter(int[] shares) {
        Map<Integer, List<Integer>> byShare = new LinkedHashMap<>();
        int divisor = 0;
        for (int i = 0; i < shares.length; i++) {
            byShare.computeIfAbsent(shares[i], share -> new ArrayList<>()).add(i);
            divisor = greatestCommonDivisor(shares[i], divisor);
        }
        this.groups = new PriorityQueue<>(byShare.size(), BY_DUE);
        long total = 0;
        for (Map.Entry<Integer, List<Integer>> entry : byShare.entrySet()) {
            int[] members =
                    entry.getValue().stream().mapToInt(Integer::intValue).toArray();
            long perLap = (long) members.length * (entry.getKey() / divisor);
            total += perLap;
            groups.add(new Group(members, groups.size(), perLap));
        }
        this.cycle = total;
    }

    /** How many turns a lap has: the sum of the shares in lowest terms. */
    long cycle() {
        return cycle;
    }

    /** Goes to a place in the lap, given by random bits; 0 is its beginning. */
    void skipTo(long random) {
        double place = (random >>> 11) * RANDOM_UNIT;
        List<Group> all = List.copyOf(groups);
        groups.clear();
        for (Group group : all) {
            group.give((long) Math.max(0, Math.ceil(group.perLap * place - 0.5)));
        }
        groups.addAll(all);
    }

    /** The next turns. */
    int[] write(int count) {
        int[] turns = new int[count];
        for (int i = 0; i < count; i++) {
            Group group = groups.remove();
            if (group.due >= 1) {
                groups.add(group);
                skipTo(0);
                group = groups.remove();
            }
            turns[i] = group.turn();
            group.give(group.given + 1);
            groups.add(group);
        }
        return turns;
    }

    private static int greatestCommonDivisor(int a, int b) {
        return b == 0 ? a : greatestCommonDivisor(b, a % b);
    }

    /** Those of one share. */
    private static final class Group {
        private final int[] members;
        private final int rank;
        // Of all members in a lap; exact in a double up to 2^53.
        private final double perLap;
        private long given;
        private double due;

        Group(int[] members, int rank, double perLap) {
            this.members = members;
            this.rank = rank;
            this.perLap = perLap;
            give(0);
        }

        void give(long turns) {
            given = turns;
            due = (turns + 0.5) / perLap;
        }

        int turn() {
            return members[(int) (given % members.length)];
        }
    }
}
