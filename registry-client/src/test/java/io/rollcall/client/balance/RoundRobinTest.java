package io.rollcall.client.balance;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.api.model.Instance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

final class RoundRobinTest {

    private final Pool pool = new Pool();

    @Test
    void eachTakesItsTurnWhateverItsWeight(TestReporter reporter) {
        LongSupplier draws = Chance.draws(Chance.seeded(reporter));
        Candidates candidates = pool.of(
                Sample.of("a").weight(1),
                Sample.of("b").weight(50),
                Sample.of("c").weight(900));

        Picker picker = RoundRobinPicker.over(candidates, null, draws);

        for (int round = 0; round < 100; round++) {
            assertThat(Pool.counts(candidates, picker, 3)).containsExactly(1, 1, 1);
        }
    }

    @Test
    void threadsShareTheTurns() throws Exception {
        int threads = 4;
        int picks = 50_000;
        int size = 8;
        Candidates candidates = pool.of(Sample.many(size));
        Picker picker = RoundRobinPicker.over(candidates, null, () -> 0);
        AtomicLongArray counts = new AtomicLongArray(size);

        Together.run(threads, thread -> {
            for (int i = 0; i < picks; i++) {
                String id = Pool.id(picker.pick(PickContext.none()));
                counts.incrementAndGet(Integer.parseInt(id.substring(2)));
            }
        });

        for (int i = 0; i < size; i++) {
            assertThat(counts.get(i)).isEqualTo(threads * picks / size);
        }
    }

    @Test
    void whereItBeginsIsChance(TestReporter reporter) {
        LongSupplier draws = Chance.draws(Chance.seeded(reporter));
        Candidates candidates = pool.of(Sample.many(10));
        long[] firsts = new long[10];

        for (int i = 0; i < 10_000; i++) {
            Picker picker = RoundRobinPicker.over(candidates, null, draws);
            String id = Pool.id(picker.pick(PickContext.none()));
            firsts[Integer.parseInt(id.substring(2))]++;
        }

        double[] even = new double[10];
        Arrays.fill(even, 1);
        Chance.assertShares(firsts, even);
    }

    /** Each list is in another order and has one instance less: no rhythm starves anyone. */
    @Test
    void listsThatChangeWithEachPickAreFair(TestReporter reporter) {
        SplittableRandom random = Chance.seeded(reporter);
        List<Instance> all = new ArrayList<>(Sample.many(6));
        Picker picker = null;
        long[] counts = new long[6];

        for (int i = 0; i < 15_000; i++) {
            Collections.rotate(all, 1);
            picker = RoundRobinPicker.over(pool.of(all.subList(0, 5)), picker, random::nextLong);
            String id = Pool.id(picker.pick(PickContext.none()));
            counts[Integer.parseInt(id.substring(2))]++;
        }

        Chance.assertShares(counts, new double[] {1, 1, 1, 1, 1, 1});
    }

    @Test
    void goesOnWhereItWasWhenOnlyOtherThingsChanged() {
        Picker before = RoundRobinPicker.over(pool.of(Sample.of("a"), Sample.of("b"), Sample.of("c")), null, () -> 0);
        assertThat(Pool.id(before.pick(PickContext.none()))).isEqualTo("a");

        Candidates changed = pool.of(Sample.of("a").weight(7), Sample.of("b").suspected(), Sample.of("c"));
        Picker after = RoundRobinPicker.over(changed, before, () -> 0);

        assertThat(Pool.id(after.pick(PickContext.none()))).isEqualTo("b");
        assertThat(after.pick(PickContext.none()).instance().registration().weight())
                .isEqualTo(100);
        assertThat(after.pick(PickContext.none()).instance().registration().weight())
                .isEqualTo(7);
    }

    @Test
    void excludedOnesAreNotPicked() {
        Candidates candidates = pool.of(Sample.of("a"), Sample.of("b"), Sample.of("c"));
        Picker picker = RoundRobinPicker.over(candidates, null, () -> 0);
        PickContext context = PickContext.none().excluding(candidates.endpoint(0));

        for (int i = 0; i < 10; i++) {
            assertThat(Pool.id(picker.pick(context))).isNotEqualTo("a");
        }
        PickContext all = context.excluding(candidates.endpoint(1)).excluding(candidates.endpoint(2));
        assertThat(picker.pick(all)).isNull();
    }
}
