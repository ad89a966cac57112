package io.rollcall.client.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

final class TurnsTest {

    @Test
    void fiveOneOneAreSpread() {
        Turns turns = Turns.of(new int[] {5, 1, 1}, 0);

        assertThat(names(turns, 14)).isEqualTo("abaaacaabaaaca");
    }

    @Test
    void equalSharesTakeTurns() {
        assertThat(names(Turns.of(new int[] {6400, 6400}, 0), 6)).isEqualTo("ababab");
        assertThat(names(Turns.of(new int[] {2, 1}, 0), 6)).isEqualTo("abaaba");
    }

    @Test
    void eachCycleGivesEachItsShare(TestReporter reporter) {
        SplittableRandom random = Chance.seeded(reporter);
        for (int run = 0; run < 200; run++) {
            int[] shares = shares(random, 1 + random.nextInt(30), 1 + random.nextInt(400));
            Turns turns = Turns.of(shares, random.nextLong());

            long[] counts = new long[shares.length];
            int cycle = Arrays.stream(shares).sum();
            for (int i = 0; i < 3 * cycle; i++) {
                counts[turns.next()]++;
            }

            for (int i = 0; i < shares.length; i++) {
                assertThat(counts[i]).isEqualTo(3L * shares[i]);
            }
        }
    }

    /** One cycle in a piece, the other in many, with the start in the middle of a lap. */
    @Test
    void longCyclesAreAsExact(TestReporter reporter) {
        SplittableRandom random = Chance.seeded(reporter);
        int[] shares = {50_021, 20_011, 20_011, 9_973, 1};
        int cycle = Arrays.stream(shares).sum();
        assertThat(cycle).isGreaterThan(Turns.CYCLE_MAX);
        Turns turns = Turns.of(shares, random.nextLong());

        for (int round = 0; round < 3; round++) {
            long[] counts = new long[shares.length];
            for (int i = 0; i < cycle; i++) {
                counts[turns.next()]++;
            }

            assertThat(counts).containsExactly(50_021, 20_011, 20_011, 9_973, 1);
        }
    }

    /**
     * By the deadlines: when one has its turn at time t, each group of equal shares has had its part of t but for half a
     * turn at most, and so the groups together their parts but for half a turn each.
     */
    @Test
    void atAnyTimeEachHasHadAboutItsPart(TestReporter reporter) {
        SplittableRandom random = Chance.seeded(reporter);
        for (int run = 0; run < 100; run++) {
            int[] shares = shares(random, 2 + random.nextInt(40), 1 + random.nextInt(1000));
            double total = Arrays.stream(shares).sum();
            long groups = Arrays.stream(shares).distinct().count();
            TurnWriter writer = new TurnWriter(shares);

            int[] turns = writer.write((int) writer.cycle());
            int[] counts = new int[shares.length];
            for (int i = 0; i < turns.length; i++) {
                int turn = turns[i];
                counts[turn]++;
                double fair = (i + 1) * shares[turn] / total;
                double bound = 1 + groups / 2.0 * shares[turn] / total;
                assertThat(counts[turn] - fair).as("turns ahead of its part").isLessThanOrEqualTo(bound);
            }
            // Those who wait are behind: looked at between their turns.
            assertLongestWaits(turns, shares);
        }
    }

    /** Within the wait of one, each other group has its part of turns and one more at most. */
    private static void assertLongestWaits(int[] turns, int[] shares) {
        double total = Arrays.stream(shares).sum();
        long groups = Arrays.stream(shares).distinct().count();
        int[] last = new int[shares.length];
        Arrays.fill(last, -1);
        for (int i = 0; i < turns.length; i++) {
            int turn = turns[i];
            assertThat((double) i - last[turn])
                    .as("turns from one of %d to its next", shares[turn])
                    .isLessThanOrEqualTo(total / shares[turn] + groups);
            last[turn] = i;
        }
    }

    /** A run ends at the latest when the next heaviest has its turn, which is due once in 1 / its share. */
    @Test
    void runsAreShort(TestReporter reporter) {
        SplittableRandom random = Chance.seeded(reporter);
        for (int run = 0; run < 200; run++) {
            int[] shares = shares(random, 2 + random.nextInt(10), 1 + random.nextInt(50));
            int heavy = IntStream.range(0, shares.length)
                    .reduce((a, b) -> shares[b] > shares[a] ? b : a)
                    .getAsInt();
            int next = IntStream.range(0, shares.length)
                    .filter(i -> i != heavy)
                    .map(i -> shares[i])
                    .max()
                    .getAsInt();

            Turns turns = Turns.of(shares, random.nextLong());

            int longest = 0;
            int current = 0;
            for (int i = 0; i < 2 * Arrays.stream(shares).sum(); i++) {
                current = turns.next() == heavy ? current + 1 : 0;
                longest = Math.max(longest, current);
            }
            assertThat(longest).as("run of %s", Arrays.toString(shares)).isLessThanOrEqualTo(shares[heavy] / next + 1);
        }
    }

    @Test
    void tenThousandOfManyWeightsAreExactToo(TestReporter reporter) {
        SplittableRandom random = Chance.seeded(reporter);
        int[] shares = new int[10_000];
        Arrays.setAll(shares, i -> (1 + random.nextInt(10)) * 3);
        int cycle = Arrays.stream(shares).sum() / 3;
        Turns turns = Turns.of(shares, random.nextLong());

        long[] counts = new long[shares.length];
        for (int i = 0; i < cycle; i++) {
            counts[turns.next()]++;
        }

        for (int i = 0; i < shares.length; i++) {
            assertThat(counts[i]).isEqualTo(shares[i] / 3);
        }
    }

    @Test
    void threadsShareTheTurns() throws Exception {
        int[] shares = {70_001, 30_011, 5};
        int cycle = Arrays.stream(shares).sum();
        Turns turns = Turns.of(shares, 0);
        AtomicLongArray counts = new AtomicLongArray(shares.length);

        Together.run(4, thread -> {
            long[] own = new long[shares.length];
            for (int i = 0; i < cycle; i++) {
                own[turns.next()]++;
            }
            for (int i = 0; i < own.length; i++) {
                counts.addAndGet(i, own[i]);
            }
        });

        for (int i = 0; i < shares.length; i++) {
            assertThat(counts.get(i)).isEqualTo(4L * shares[i]);
        }
    }

    private static int[] shares(SplittableRandom random, int count, int max) {
        return random.ints(count, 1, max + 1).toArray();
    }

    private static String names(Turns turns, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Character.toString('a' + turns.next()))
                .collect(Collectors.joining());
    }
}
