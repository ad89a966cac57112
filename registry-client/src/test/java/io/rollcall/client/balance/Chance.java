package io.rollcall.client.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.TestReporter;

/** A seed that is printed and can be given, and what may be chance and what may not. */
final class Chance {

    private static final String SEED = "rollcall.test.seed";
    // One false alarm in 500,000 tests of a distribution.
    private static final double NORMAL_QUANTILE = 4.75;

    private Chance() {}

    static SplittableRandom seeded(TestReporter reporter) {
        long seed = Long.getLong(SEED, System.nanoTime());
        reporter.publishEntry(SEED, Long.toString(seed));
        return new SplittableRandom(seed);
    }

    /** For one thread. */
    static LongSupplier draws(SplittableRandom random) {
        return random::nextLong;
    }

    /** Pearson's chi-square test of counts against the shares that they should have. */
    static void assertShares(long[] counts, double[] shares) {
        long total = 0;
        double shareTotal = 0;
        for (int i = 0; i < counts.length; i++) {
            total += counts[i];
            shareTotal += shares[i];
        }
        double chiSquare = 0;
        int freedom = -1;
        for (int i = 0; i < counts.length; i++) {
            double expected = total * shares[i] / shareTotal;
            if (shares[i] == 0) {
                assertThat(counts[i]).as("count of share 0 at " + i).isZero();
            } else {
                assertThat(expected).as("too few draws for the test").isGreaterThan(5);
                chiSquare += (counts[i] - expected) * (counts[i] - expected) / expected;
                freedom++;
            }
        }
        if (freedom > 0) {
            assertThat(chiSquare)
                    .as("chi-square, %d degrees of freedom", freedom)
                    .isLessThan(limit(freedom));
        }
    }

    /** The quantile of the chi-square distribution, by Wilson and Hilferty. */
    private static double limit(int freedom) {
        double spread = 2.0 / (9 * freedom);
        return freedom * Math.pow(1 - spread + NORMAL_QUANTILE * Math.sqrt(spread), 3);
    }
}
