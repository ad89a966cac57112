package io.rollcall.client.balance;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.api.model.Instance;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

final class HashRingTest {

    private static final int KEYS = 50_000;

    private final Pool pool = new Pool();

    @Test
    void whenOneGoesOnlyItsKeysMove(TestReporter reporter) {
        SplittableRandom random = Chance.seeded(reporter);
        long offset = random.nextLong();
        for (int size : new int[] {2, 3, 10, 500}) {
            List<Instance> all = Sample.many(size);
            int gone = random.nextInt(size);
            List<Instance> left = new ArrayList<>(all);
            left.remove(gone);

            String[] before = owners(pool.of(all), offset);
            String[] after = owners(pool.of(left), offset);

            long moved = 0;
            long movedOfOthers = 0;
            for (int key = 0; key < KEYS; key++) {
                if (before[key].equals("i-" + gone)) {
                    moved++;
                } else if (!before[key].equals(after[key])) {
                    movedOfOthers++;
                }
            }
            assertThat(movedOfOthers).isZero();
            reporter.publishEntry("moved of " + KEYS, moved + " with one of " + size + " gone");
            assertThat(moved * (double) size / KEYS).isBetween(0.5, 1.6);
        }
    }

    @Test
    void whenOneComesKeysMoveToItAlone(TestReporter reporter) {
        long offset = Chance.seeded(reporter).nextLong();
        List<Instance> all = Sample.many(21);

        String[] before = owners(pool.of(all.subList(0, 20)), offset);
        String[] after = owners(pool.of(all), offset);

        assertThat(IntStream.range(0, KEYS))
                .allMatch(key -> after[key].equals(before[key]) || after[key].equals("i-20"));
    }

    @Test
    void theOrderOfTheListDoesNotMatter(TestReporter reporter) {
        long offset = Chance.seeded(reporter).nextLong();
        List<Instance> all = new ArrayList<>(Sample.many(30));
        String[] before = owners(pool.of(all), offset);

        Collections.reverse(all);

        assertThat(owners(pool.of(all), offset)).isEqualTo(before);
    }

    @Test
    void aRestartKeepsItsKeys(TestReporter reporter) {
        long offset = Chance.seeded(reporter).nextLong();

        String[] before = owners(pool.of(Sample.of("a"), Sample.of("b"), Sample.of("c")), offset);
        Candidates restarted =
                pool.of(Sample.of("a"), Sample.of("b").incarnation(8).port(9999), Sample.of("c"));

        assertThat(owners(restarted, offset)).isEqualTo(before);
    }

    @Test
    void keysGoByWeight(TestReporter reporter) {
        long offset = Chance.seeded(reporter).nextLong();
        Candidates candidates = pool.of(
                Sample.of("a").weight(100),
                Sample.of("b").weight(50),
                Sample.of("c").weight(250));

        Map<String, Integer> counts = new HashMap<>();
        for (String owner : owners(candidates, offset)) {
            counts.merge(owner, 1, Integer::sum);
        }

        // 50 points or more an instance: the spread of a share is about a seventh.
        assertThat(counts.get("a") / (double) KEYS).isBetween(0.25 * 0.6, 0.25 * 1.4);
        assertThat(counts.get("b") / (double) KEYS).isBetween(0.125 * 0.5, 0.125 * 1.6);
        assertThat(counts.get("c") / (double) KEYS).isBetween(0.625 * 0.8, 0.625 * 1.2);
    }

    /** From 8,192 to 8,193 each keeps half of its points. */
    @Test
    void aStepInTheNumberOfPointsMovesHalf(TestReporter reporter) {
        long offset = Chance.seeded(reporter).nextLong();
        List<Instance> all = Sample.many(8_193);

        String[] before = owners(pool.of(all.subList(0, 8_192)), offset);
        String[] after = owners(pool.of(all), offset);

        long moved = IntStream.range(0, KEYS)
                .filter(key -> !before[key].equals(after[key]))
                .count();
        reporter.publishEntry("moved of " + KEYS, moved + " from 8,192 to 8,193 instances");
        assertThat(moved).isBetween(KEYS / 4L, KEYS * 11L / 20);
    }

    @Test
    void pointsAreBounded() {
        assertThat(HashRing.of(pool.of(Sample.many(1))).size()).isEqualTo(100);
        assertThat(HashRing.of(pool.of(Sample.many(10_000))).size()).isEqualTo(10_000 * 50);
        assertThat(HashRing.of(pool.of(
                                Sample.of("a").weight(65_535), Sample.of("b").weight(1)))
                        .size())
                .isEqualTo(HashRing.POINTS_MAX + 1);
    }

    private static String[] owners(Candidates candidates, long offset) {
        HashRing ring = HashRing.of(candidates);
        String[] owners = new String[KEYS];
        for (int key = 0; key < KEYS; key++) {
            long hash = PickContext.keyed(offset + key).hash();
            owners[key] = Pool.id(candidates.endpoint(ring.owner(ring.pointAt(hash))));
        }
        return owners;
    }
}
