package io.rollcall.client.balance;

import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A balancer that gives each instance its share by weight, evenly spread: weights 5, 1, 1 give a a b a c a a, not five
 * in a row (nginx's smooth weighted round robin). Instances may come and go from one choice to the next.
 *
 * <p>Thread-safe. A choice takes time in proportion to the number of instances.
 */
public final class WeightedRoundRobin {

    // What each instance has earned and not yet been given; below zero for one that was given more.
    private final Map<InstanceKey, Long> credits = new HashMap<>();

    /** A balancer that has chosen nothing yet. */
    public WeightedRoundRobin() {}

    /**
     * Chooses the instance for the next call.
     *
     * @param instances the candidates, each once, in any order; those of weight 0 are never chosen
     * @return empty if there is none with a weight
     */
    public synchronized Optional<Instance> choose(List<Instance> instances) {
        List<Instance> candidates = instances.stream()
                .filter(instance -> instance.registration().weight() > 0)
                .toList();
        credits.keySet().retainAll(candidates.stream().map(Instance::key).collect(Collectors.toSet()));
        long total = 0;
        Instance best = null;
        long bestCredit = 0;
        for (Instance candidate : candidates) {
            int weight = candidate.registration().weight();
            long credit = credits.merge(candidate.key(), (long) weight, Long::sum);
            total += weight;
            if (best == null || credit > bestCredit) {
                best = candidate;
                bestCredit = credit;
            }
        }
        if (best != null) {
            credits.put(best.key(), bestCredit - total);
        }
        return Optional.ofNullable(best);
    }
}
