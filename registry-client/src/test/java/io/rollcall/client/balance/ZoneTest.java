package io.rollcall.client.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

final class ZoneTest {

    private static final Offset<Double> EXACT = within(1e-9);
    private static final ZonePreference EVEN = ZonePreference.of("a").withHeadroom(1);

    private final Pool pool = new Pool();

    @Test
    void aZoneWithItsShareGetsAll() {
        assertThat(shares(EVEN, 100, 100, 100)).containsExactly(1, 0, 0);
        assertThat(shares(EVEN, 300, 100, 100)).containsExactly(1, 0, 0);
    }

    /** 2 of 8 instances for a third of the callers: three quarters stay, and the load of all is equal. */
    @Test
    void aShortZoneSpillsSoThatTheLoadIsEven() {
        double[] parts = shares(EVEN, 200, 300, 300);

        assertThat(parts[0]).isCloseTo(0.75, EXACT);
        assertThat(parts[1]).isCloseTo(0.125, EXACT);
        assertThat(parts[2]).isCloseTo(0.125, EXACT);
    }

    @Test
    void headroomKeepsMoreAtHome() {
        assertThat(shares(EVEN.withHeadroom(1.2), 200, 300, 300)[0]).isCloseTo(0.9, EXACT);
        assertThat(shares(EVEN.withHeadroom(1.4), 200, 300, 300)[0]).isEqualTo(1);
    }

    /** Zone b is as short as a: nothing spills to it. */
    @Test
    void callsSpillToWhereRoomIs() {
        double[] parts = shares(EVEN, 100, 100, 300, 300);

        assertThat(parts[0]).isCloseTo(0.5, EXACT);
        assertThat(parts[1]).isZero();
        assertThat(parts[2]).isCloseTo(0.25, EXACT);
        assertThat(parts[3]).isCloseTo(0.25, EXACT);
    }

    @Test
    void anEmptyOwnZoneSpillsAll() {
        Map<String, Double> parts = ZoneShares.of(EVEN, Map.of("b", 100L), Set.of("b"));

        assertThat(parts).containsExactly(Map.entry("b", 1.0));
    }

    @Test
    void capacityWithoutAZoneTakesWhatSpills() {
        Map<String, Long> capacities = new LinkedHashMap<>();
        capacities.put("a", 100L);
        capacities.put("", 100L);
        capacities.put("b", 100L);

        Map<String, Double> parts = ZoneShares.of(EVEN, capacities, Set.of("a", "b"));

        assertThat(parts.get("a")).isCloseTo(2 / 3.0, EXACT);
        assertThat(parts.get("")).isCloseTo(1 / 3.0, EXACT);
        assertThat(parts.get("b")).isZero();
    }

    @Test
    void theOnlyZoneGetsAllWhateverIsSaidOfTheCallers() {
        assertThat(ZoneShares.of(EVEN.withCallerShare(0.2), Map.of("a", 5L), Set.of("a")))
                .containsExactly(Map.entry("a", 1.0));
        assertThat(ZoneShares.of(EVEN, Map.of("a", 5L), Set.of("a", "b"))).containsExactly(Map.entry("a", 1.0));
    }

    @Test
    void moreCallersThanCapacitySpill() {
        double[] parts = shares(EVEN.withCallerShare(0.8), 100, 100);

        assertThat(parts[0]).isCloseTo(0.5 / 0.8, EXACT);
        assertThat(parts[1]).isCloseTo(0.3 / 0.8, EXACT);
    }

    /** Any zones, callers spread as said: no zone gets more than the headroom allows, and nothing is lost. */
    @Test
    void noZoneIsOverloaded(TestReporter reporter) {
        SplittableRandom random = Chance.seeded(reporter);
        for (int run = 0; run < 2_000; run++) {
            int zones = 1 + random.nextInt(6);
            Map<String, Long> capacities = new TreeMap<>();
            for (int i = 0; i < zones; i++) {
                capacities.put("z" + i, 1L + random.nextInt(1000));
            }
            double headroom = 1 + random.nextDouble();
            double total =
                    capacities.values().stream().mapToLong(Long::longValue).sum();
            Map<String, Double> loads = new TreeMap<>();
            for (String own : capacities.keySet()) {
                ZonePreference preference = ZonePreference.of(own).withHeadroom(headroom);
                ZoneShares.of(preference, capacities, capacities.keySet())
                        .forEach((zone, part) -> loads.merge(zone, part / zones, Double::sum));
            }

            assertThat(loads.values().stream().mapToDouble(Double::doubleValue).sum())
                    .isCloseTo(1, EXACT);
            loads.forEach((zone, load) ->
                    assertThat(load).isLessThanOrEqualTo(headroom * capacities.get(zone) / total + 1e-9));
        }
    }

    @Test
    void picksFollowTheShares(TestReporter reporter) {
        SplittableRandom random = Chance.seeded(reporter);
        Candidates candidates = pool.of(
                Sample.of("a1").zone("a"),
                Sample.of("b1").zone("b"),
                Sample.of("b2").zone("b").weight(200),
                Sample.of("c1").zone("c").weight(300));
        Picker picker = picker(EVEN, candidates, random);

        long[] counts = Pool.counts(candidates, picker, 100_000);

        // A seventh of the capacity for a third of the callers; b and c have the same room.
        double near = 3 / 7.0;
        Chance.assertShares(counts, new double[] {near, (1 - near) / 2 / 3, (1 - near) / 2 * 2 / 3, (1 - near) / 2});
    }

    @Test
    void aKeyStaysInItsZone(TestReporter reporter) {
        SplittableRandom random = Chance.seeded(reporter);
        Candidates candidates = pool.of(
                Sample.of("a1").zone("a"),
                Sample.of("b1").zone("b").weight(300),
                Sample.of("c1").zone("c").weight(300));
        Picker picker = ZonePicker.over(EVEN, LoadBalancer.consistentHashing(), candidates, null, random::nextLong);

        long[] counts = new long[2];
        for (int key = 0; key < 2_000; key++) {
            Endpoint first = picker.pick(PickContext.keyed(key));
            assertThat(picker.pick(PickContext.keyed(key))).isSameAs(first);
            counts[Pool.id(first).equals("a1") ? 0 : 1]++;
        }

        Chance.assertShares(counts, new double[] {3 / 7.0, 4 / 7.0});
    }

    @Test
    void aRetryLeavesTheZoneWhenNoneIsLeft(TestReporter reporter) {
        SplittableRandom random = Chance.seeded(reporter);
        Candidates candidates = pool.of(
                Sample.of("a1").zone("a"),
                Sample.of("b1").zone("b"),
                Sample.of("c1").zone("c"));
        Picker picker = picker(EVEN, candidates, random);

        Endpoint first = picker.pick(PickContext.none());
        PickContext context = PickContext.none().excluding(first);
        Endpoint second = picker.pick(context);
        Endpoint third = picker.pick(context.excluding(second));

        assertThat(Pool.id(first)).isEqualTo("a1");
        assertThat(second).isNotSameAs(first);
        assertThat(third).isNotIn(first, second);
        assertThat(picker.pick(context.excluding(second).excluding(third))).isNull();
    }

    @Test
    void withoutAnOwnZoneAllAreAlike(TestReporter reporter) {
        SplittableRandom random = Chance.seeded(reporter);
        Candidates candidates = pool.of(
                Sample.of("a1").zone("a"),
                Sample.of("b1").zone("b"),
                Sample.of("c1").zone("c"));

        Picker picker = picker(ZonePreference.of(""), candidates, random);

        Chance.assertShares(Pool.counts(candidates, picker, 30_000), new double[] {1, 1, 1});
    }

    @Test
    void rangesAreChecked() {
        assertThatThrownBy(() -> EVEN.withHeadroom(0.9)).hasMessageContaining("headroom 0.9");
        assertThatThrownBy(() -> EVEN.withCallerShare(1.1)).hasMessageContaining("callerShare 1.1");
    }

    private static Picker picker(ZonePreference preference, Candidates candidates, SplittableRandom random) {
        LoadBalancer within = (its, before) -> new RandomPicker(its, random::nextLong);
        return ZonePicker.over(preference, within, candidates, null, random::nextLong);
    }

    private static double[] shares(ZonePreference preference, long... capacities) {
        Map<String, Long> byZone = new LinkedHashMap<>();
        for (int i = 0; i < capacities.length; i++) {
            byZone.put(Character.toString('a' + i), capacities[i]);
        }
        return ZoneShares.of(preference, byZone, byZone.keySet()).values().stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
    }
}
