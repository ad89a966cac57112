package io.rollcall.client.balance;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.api.model.Instance;
import io.rollcall.client.fake.Samples;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class WeightedRoundRobinTest {

    private final WeightedRoundRobin balancer = new WeightedRoundRobin();

    @Test
    void spreadsByWeightWithoutRuns() {
        List<Instance> instances =
                List.of(Samples.instance("a", 5), Samples.instance("b", 1), Samples.instance("c", 1));

        assertThat(choose(instances, 7)).isEqualTo("aabacaa");
        assertThat(choose(instances, 7)).isEqualTo("aabacaa");
    }

    @Test
    void equalWeightsTakeTurns() {
        List<Instance> instances = List.of(Samples.instance("a", 100), Samples.instance("b", 100));

        assertThat(choose(instances, 6)).isEqualTo("ababab");
    }

    @Test
    void neverChoosesWeightZero() {
        assertThat(choose(List.of(Samples.instance("a", 0), Samples.instance("b", 1)), 4))
                .isEqualTo("bbbb");
        assertThat(balancer.choose(List.of(Samples.instance("a", 0)))).isEmpty();
        assertThat(balancer.choose(List.of())).isEmpty();
    }

    @Test
    void keepsTheSharesWhenInstancesComeAndGo() {
        List<Instance> two = List.of(Samples.instance("a", 100), Samples.instance("b", 100));
        List<Instance> three =
                List.of(Samples.instance("a", 100), Samples.instance("b", 100), Samples.instance("c", 200));
        choose(two, 5);

        Map<Character, Long> counts = count(choose(three, 400));
        Map<Character, Long> after = count(choose(two, 100));

        assertThat(counts.get('c')).isBetween(198L, 202L);
        assertThat(counts.get('a')).isBetween(98L, 102L);
        assertThat(after.get('a')).isBetween(48L, 52L);
    }

    private String choose(List<Instance> instances, int times) {
        return IntStream.range(0, times)
                .mapToObj(
                        i -> balancer.choose(instances).orElseThrow().key().id().value())
                .collect(Collectors.joining());
    }

    private static Map<Character, Long> count(String chosen) {
        return chosen.chars().mapToObj(c -> (char) c).collect(Collectors.groupingBy(c -> c, Collectors.counting()));
    }
}
