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

    @Test
    void atAnyTimeEachHasHadAboutItsPart(TestReporter reporter) {
        SplittableRandom random = Chance.seeded(reporter);
        for (int run = 0; run < 100; run++) {
            int[] shares = shares(random, 2 + random.nextInt(40), 1 + random.nextInt(1000));
            double total = Arrays.stream(shares).sum();
            TurnWriter writer = new TurnWriter(shares);

            int[] turns = writer.write((int) writer.cycle());
            int[] counts = new int[shares.length];
            double ahead = 0;
            for (int i = 0; i < turns.length; i++) {
                counts[turns[i]]++;
                double fair = (i + 1) * shares[turns[i]] / total;
                ahead = Math.max(ahead, counts[turns[i]] - fair);
            }
            assertThat(ahead).as("turns ahead of its part").isLessThan(2);
            // Those who wait are behind: looked at between their turns.
            assertLongestWaits(turns, shares);
        }
    }

    private static void assertLongestWaits(int[] turns, int[] shares) {
        double total = Arrays.stream(shares).sum();
        int[] last = new int[shares.length];
        Arrays.fill(last, -1);
        double longest = 0;
        for (int i = 0; i < turns.length; i++) {
            longest = Math.max(longest, (i - last[turns[i]]) * shares[turns[i]] / total);
            last[turns[i]] = i;
        }
        assertThat(longest).as("longest wait, in mean waits").isLessThan(3);
    }

    /** The heaviest among n others needs runs of share / rest, and gets none much longer. */
    @Test
    void runsAreShort(TestReporter reporter) {
        SplittableRandom random = Chance.seeded(reporter);
        for (int run = 0; run < 200; run++) {
            int[] shares = shares(random, 2 + random.nextInt(10), 1 + random.nextInt(50));
            int heavy = IntStream.range(0, shares.length)
                    .reduce((a, b) -> shares[b] > shares[a] ? b : a)
                    .getAsInt();
            int rest = Arrays.stream(shares).sum() - shares[heavy];
            int least = (shares[heavy] + rest - 1) / rest;

            Turns turns = Turns.of(shares, random.nextLong());

            int longest = 0;
            int current = 0;
            for (int i = 0; i < 2 * (rest + shares[heavy]); i++) {
                current = turns.next() == heavy ? current + 1 : 0;
                longest = Math.max(longest, current);
            }
            assertThat(longest).as("run of %s", Arrays.toString(shares)).isLessThanOrEqualTo(2 * least);
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
