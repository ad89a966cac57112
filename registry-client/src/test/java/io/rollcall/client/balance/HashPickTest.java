package io.rollcall.client.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

final class HashPickTest {

    private static final double SLACK = 0.25;

    private final Pool pool = new Pool();

    @Test
    void aKeyStaysWhileItsInstanceHasRoom() {
        Candidates candidates = pool.of(Sample.many(10));
        Picker picker = HashPicker.over(candidates, null, SLACK, () -> 0);

        for (int key = 0; key < 100; key++) {
            PickContext context = PickContext.keyed("user-" + key);
            Endpoint first = picker.pick(context);
            for (int i = 0; i < 10; i++) {
                assertThat(picker.pick(PickContext.keyed("user-" + key))).isSameAs(first);
            }
        }
    }

    /** Few keys, so that some are hot; calls begin and end at random. */
    @Test
    void noPickExceedsTheBound(TestReporter reporter) {
        SplittableRandom random = Chance.seeded(reporter);
        Candidates candidates = pool.of(
                Sample.of("a").weight(100),
                Sample.of("b").weight(200),
                Sample.of("c").weight(100),
                Sample.of("d").weight(25));
        Picker picker = HashPicker.over(candidates, null, SLACK, random::nextLong);
        List<Endpoint> calls = new ArrayList<>();

        for (int i = 0; i < 100_000; i++) {
            if (!calls.isEmpty() && random.nextInt(100) < (i / 1_000 % 2 == 0 ? 40 : 60)) {
                calls.remove(random.nextInt(calls.size())).track().ended();
            } else {
                Endpoint endpoint = picker.pick(PickContext.keyed(random.nextInt(5)));
                endpoint.track().began();
                calls.add(endpoint);
                double fair = calls.size() * (double) endpoint.share() / candidates.totalShare();
                assertThat((double) endpoint.inFlight()).isLessThanOrEqualTo(Math.ceil((1 + SLACK) * fair - 1e-9));
            }
        }
    }

    @Test
    void oneHotKeySpillsOverAndReturns() {
        Candidates candidates = pool.of(Sample.many(4));
        Picker picker = HashPicker.over(candidates, null, SLACK, () -> 0);
        PickContext hot = PickContext.keyed("hot");
        Endpoint owner = picker.pick(hot);

        List<Endpoint> calls = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Endpoint endpoint = picker.pick(hot);
            endpoint.track().began();
            calls.add(endpoint);
        }

        assertThat(owner.inFlight()).isEqualTo(32); // ceil(1.25 * 100 / 4)
        calls.forEach(endpoint -> endpoint.track().ended());
        assertThat(picker.pick(hot)).isSameAs(owner);
    }

    /** Threads that pick at the same instant may exceed it by one each, and not by more. */
    @Test
    void threadsExceedTheBoundByThemselvesAtMost() throws Exception {
        int threads = 4;
        Candidates candidates = pool.of(Sample.many(5));
        Picker picker = HashPicker.over(candidates, null, SLACK, () -> 0);
        ConcurrentLinkedQueue<Integer> worst = new ConcurrentLinkedQueue<>();

        Together.run(threads, thread -> {
            int most = 0;
            for (int i = 0; i < 20_000; i++) {
                Endpoint[] own = new Endpoint[5];
                for (int k = 0; k < own.length; k++) {
                    own[k] = picker.pick(PickContext.keyed(1));
                    own[k].track().began();
                    most = Math.max(most, own[k].inFlight());
                }
                for (Endpoint endpoint : own) {
                    endpoint.track().ended();
                }
            }
            worst.add(most);
        });

        // At most 20 calls at a time: ceil(1.25 * 20 / 5) = 5.
        assertThat(worst).allSatisfy(most -> assertThat(most).isLessThanOrEqualTo(5 + threads - 1));
        assertThat(candidates.inFlight()).isZero();
    }

    @Test
    void excludedOnesAreNotPickedAndTheNextIsAlwaysTheSame() {
        Candidates candidates = pool.of(Sample.many(3));
        Picker picker = HashPicker.over(candidates, null, SLACK, () -> 0);
        PickContext context = PickContext.keyed("k");
        Endpoint first = picker.pick(context);

        PickContext second = context.excluding(first);
        Endpoint next = picker.pick(second);

        assertThat(next).isNotSameAs(first).isSameAs(picker.pick(second));
        Endpoint last = picker.pick(second.excluding(next));
        assertThat(last).isNotIn(first, next);
        assertThat(picker.pick(second.excluding(next).excluding(last))).isNull();
    }

    /** Who has room is excluded: better above the bound than nowhere. */
    @Test
    void theBoundGivesWayToARetry() {
        Candidates candidates = pool.of(Sample.of("a"), Sample.of("b"));
        Picker picker = HashPicker.over(candidates, null, SLACK, () -> 0);
        Endpoint busy = candidates.endpoint(0);
        for (int i = 0; i < 50; i++) {
            busy.track().began();
        }

        PickContext context = PickContext.keyed("k").excluding(candidates.endpoint(1));

        assertThat(picker.pick(context)).isSameAs(busy);
    }

    @Test
    void withoutAKeyAnyIsPicked(TestReporter reporter) {
        SplittableRandom random = Chance.seeded(reporter);
        Candidates candidates = pool.of(Sample.many(4));

        long[] counts = Pool.counts(candidates, HashPicker.over(candidates, null, SLACK, random::nextLong), 4_000);

        for (long count : counts) {
            assertThat(count).isBetween(500L, 1_700L);
        }
    }

    @Test
    void theSlackMustBeAboveZero() {
        assertThatThrownBy(() -> LoadBalancer.consistentHashing(0)).hasMessageContaining("slack 0.0");
        assertThatThrownBy(() -> LoadBalancer.consistentHashing(Double.NaN)).hasMessageContaining("slack NaN");
    }
}
