package io.rollcall.client.balance;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.api.model.Instance;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** {@link RandomPicker}, {@link LeastLoadedPicker} and {@link WeightedPicker}: shares, and what they do with load. */
final class RandomPickTest {

    private final Pool pool = new Pool();

    @Test
    void randomPicksGoByWeight(TestReporter reporter) {
        SplittableRandom random = Chance.seeded(reporter);
        Candidates candidates = ofRandomWeights(random, 50);

        long[] counts = Pool.counts(candidates, new RandomPicker(candidates, random::nextLong), 200_000);

        Chance.assertShares(counts, Pool.shares(candidates));
    }

    @Test
    void extremeWeightsAreDrawnRight(TestReporter reporter) {
        SplittableRandom random = Chance.seeded(reporter);
        Candidates candidates = pool.of(
                Sample.of("a").weight(65_535),
                Sample.of("b").weight(1),
                Sample.of("c").weight(6_000));

        long[] counts = Pool.counts(candidates, new RandomPicker(candidates, random::nextLong), 1_000_000);

        Chance.assertShares(counts, new double[] {65_535, 1, 6_000});
    }

    @Test
    void idleInstancesGetCallsByWeight(TestReporter reporter) {
        SplittableRandom random = Chance.seeded(reporter);
        Candidates candidates = ofRandomWeights(random, 20);

        long[] counts = Pool.counts(candidates, new LeastLoadedPicker(candidates, random::nextLong), 300_000);

        Chance.assertShares(counts, Pool.shares(candidates));
    }

    /** The oldest of 2,000 calls ends as another begins: how uneven is what is in flight at 100 instances? */
    @Test
    void twoChoicesKeepTheLoadEven(TestReporter reporter) {
        SplittableRandom random = Chance.seeded(reporter);
        Candidates candidates = pool.of(Sample.many(100));

        int worst = worstLoad(new LeastLoadedPicker(candidates, random::nextLong), 2_000);
        Candidates others = new Pool().of(Sample.many(100));
        int worstOfOne = worstLoad(new RandomPicker(others, random::nextLong), 2_000);

        reporter.publishEntry("most in flight", worst + " of two choices, " + worstOfOne + " of one; mean 20");
        assertThat(worst).isLessThanOrEqualTo(26);
        assertThat(worstOfOne).isGreaterThan(30);
    }

    @Test
    void loadIsComparedByWeight(TestReporter reporter) {
        SplittableRandom random = Chance.seeded(reporter);
        Candidates candidates = pool.of(
                Sample.of("a").weight(300),
                Sample.of("b").weight(100),
                Sample.of("c").weight(100));

        int worst = worstLoad(new LeastLoadedPicker(candidates, random::nextLong), 500);

        assertThat(worst).isLessThan(330);

        assertThat(candidates.endpoint(0).inFlight()).isBetween(285, 315);
        assertThat(candidates.endpoint(1).inFlight()).isBetween(85, 115);
        assertThat(candidates.endpoint(2).inFlight()).isBetween(85, 115);
    }

    @Test
    void aSlowInstanceGetsLess(TestReporter reporter) {
        SplittableRandom random = Chance.seeded(reporter);
        Candidates candidates = pool.of(Sample.of("slow"), Sample.of("fast"));
        Picker picker = new LeastLoadedPicker(candidates, random::nextLong);
        // Whatever goes to the slow one stays.
        for (int i = 0; i < 100; i++) {
            Endpoint endpoint = picker.pick(PickContext.none());
            endpoint.track().began();
            if (Pool.id(endpoint).equals("fast")) {
                endpoint.track().ended();
            }
        }

        assertThat(candidates.endpoint(0).inFlight()).isEqualTo(1);
    }

    @Test
    void excludedOnesAreNotPicked(TestReporter reporter) {
        SplittableRandom random = Chance.seeded(reporter);
        // The heavy one would be found again and again.
        Candidates candidates = pool.of(
                Sample.of("a").weight(65_535),
                Sample.of("b").weight(1),
                Sample.of("c").weight(1));
        List<Picker> pickers = List.of(
                new RandomPicker(candidates, random::nextLong),
                new LeastLoadedPicker(candidates, random::nextLong),
                WeightedPicker.over(candidates, null, random::nextLong));

        for (Picker picker : pickers) {
            PickContext context = PickContext.none().excluding(candidates.endpoint(0));
            for (int i = 0; i < 100; i++) {
                assertThat(Pool.id(picker.pick(context))).isIn("b", "c");
            }
            PickContext two = context.excluding(candidates.endpoint(2));
            assertThat(Pool.id(picker.pick(two))).isEqualTo("b");
            assertThat(picker.pick(two.excluding(candidates.endpoint(1)))).isNull();
        }
    }

    @Test
    void oneInstanceIsPickedByAll(TestReporter reporter) {
        SplittableRandom random = Chance.seeded(reporter);
        Candidates candidates = pool.of(Sample.of("a"));

        assertThat(Pool.counts(candidates, new RandomPicker(candidates, random::nextLong), 10))
                .containsExactly(10);
        assertThat(Pool.counts(candidates, new LeastLoadedPicker(candidates, random::nextLong), 10))
                .containsExactly(10);
        assertThat(Pool.counts(candidates, WeightedPicker.over(candidates, null, random::nextLong), 10))
                .containsExactly(10);
    }

    /** A new list after each pick, in another order and without one: each still gets its share. */
    @Test
    void weightedPicksAreFairUnderChurn(TestReporter reporter) {
        SplittableRandom random = Chance.seeded(reporter);
        List<Instance> all = new ArrayList<>(Sample.list(
                Sample.of("a").weight(100),
                Sample.of("b").weight(200),
                Sample.of("c").weight(300)));
        long[] counts = new long[3];
        Picker picker = null;

        for (int i = 0; i < 15_000; i++) {
            Collections.rotate(all, 1);
            picker = WeightedPicker.over(pool.of(all), picker, random::nextLong);
            counts[Pool.id(picker.pick(PickContext.none())).charAt(0) - 'a']++;
        }

        Chance.assertShares(counts, new double[] {1, 2, 3});
    }

    private Candidates ofRandomWeights(SplittableRandom random, int count) {
        Sample[] samples = new Sample[count];
        for (int i = 0; i < count; i++) {
            samples[i] = Sample.of("i-" + i).weight(50 + random.nextInt(500));
        }
        return pool.of(samples);
    }

    /** The most that any instance had in flight once all are under way, and while ten times as many go through. */
    private static int worstLoad(Picker picker, int inFlight) {
        Deque<Endpoint> calls = new ArrayDeque<>();
        int worst = 0;
        for (int i = 0; i < 10 * inFlight; i++) {
            if (calls.size() == inFlight) {
                calls.remove().track().ended();
            }
            Endpoint endpoint = picker.pick(PickContext.none());
            endpoint.track().began();
            calls.add(endpoint);
            worst = Math.max(worst, endpoint.inFlight());
        }
        return worst;
    }
}
