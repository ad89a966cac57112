package io.rollcall.client.balance;

import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A way to spread calls over the instances of a service.
 *
 * <p>What is known beforehand is computed when the candidates change, off the way of the calls; a {@link Picker} then
 * answers for each call. (gRPC cuts it in the same way, into a load balancer and its subchannel picker.) A balancer has
 * no state of its own, so that one may serve several services.
 */
@FunctionalInterface
public interface LoadBalancer {

    /** How far above its fair share {@link #consistentHashing()} lets the load of an instance rise: by a quarter. */
    double DEFAULT_SLACK = 0.25;

    /**
     * Makes ready for picks among the candidates.
     *
     * @param candidates at least one
     * @param before the picker that is replaced, to carry over what it has learnt; null for the first
     * @return a picker of these candidates
     */
    Picker over(Candidates candidates, @Nullable Picker before);

    /**
     * Each in turn, whatever its weight; weight 0 still means none. It knows no slow start, for it knows no weights.
     *
     * @return the balancer
     */
    static LoadBalancer roundRobin() {
        return (candidates, before) -> RoundRobinPicker.over(candidates, before, LoadBalancer::draw);
    }

    /**
     * Any, by weight: what is right where many callers make few calls each.
     *
     * @return the balancer
     */
    static LoadBalancer random() {
        return (candidates, before) -> new RandomPicker(candidates, LoadBalancer::draw);
    }

    /**
     * Each by its weight and as evenly in time as it goes: of 5, 1 and 1 the first gets five of seven calls, and not in
     * a row.
     *
     * @return the balancer
     */
    static LoadBalancer weighted() {
        return (candidates, before) -> WeightedPicker.over(candidates, before, LoadBalancer::draw);
    }

    /**
     * Of two drawn by weight the one with fewer calls in flight for its weight. Calls must be made through {@link
     * BalancedCalls#call} or a {@link Lease}, or there is nothing to compare.
     *
     * @return the balancer
     */
    static LoadBalancer leastLoaded() {
        return (candidates, before) -> new LeastLoadedPicker(candidates, LoadBalancer::draw);
    }

    /**
     * The same instance for the same key, as long as it has not more than its share of the calls in flight and a
     * quarter; see {@link #consistentHashing(double)}.
     *
     * @return the balancer
     */
    static LoadBalancer consistentHashing() {
        return consistentHashing(DEFAULT_SLACK);
    }

    /**
     * The same instance for the same key, as long as its load is bounded. When an instance goes, only its own keys move.
     *
     * @param slack above 0, such as 0.25: how far above its fair share of the calls in flight the load of an instance
     *     may rise before its keys spill over to the next; small keeps the load even, large keeps the keys in place
     * @return the balancer
     */
    static LoadBalancer consistentHashing(double slack) {
        if (!(slack > 0)) {
            throw new IllegalArgumentException("slack " + slack + " must be above 0, such as 0.25");
        }
        return (candidates, before) -> HashPicker.over(candidates, before, slack, LoadBalancer::draw);
    }

    /**
     * The zone of the caller first, while it has its share of the capacity.
     *
     * @param zone the caller's own; empty if it has none, and then nothing is preferred
     * @param within spreads the calls over the instances of one zone
     * @return the balancer
     */
    static LoadBalancer zoneAware(String zone, LoadBalancer within) {
        return zoneAware(ZonePreference.of(zone), within);
    }

    /**
     * The zone of the caller first, while it has its share of the capacity.
     *
     * @param preference which zone, and how much it is preferred
     * @param within spreads the calls over the instances of one zone
     * @return the balancer
     */
    static LoadBalancer zoneAware(ZonePreference preference, LoadBalancer within) {
        return (candidates, before) -> ZonePicker.over(preference, within, candidates, before, LoadBalancer::draw);
    }

    private static long draw() {
        return ThreadLocalRandom.current().nextLong();
    }
}
