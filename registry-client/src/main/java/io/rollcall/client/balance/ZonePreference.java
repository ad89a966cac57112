package io.rollcall.client.balance;

/**
 * How much the zone of the caller is preferred.
 *
 * <p>An own zone that has its share of the capacity gets all calls. One that has less gets as many as bring the load of
 * its instances to {@code headroom} times the mean, and the rest spills over to the zones that have room, in proportion
 * to it. Envoy routes so, with a headroom of 1; Eureka's clients and Spring Cloud LoadBalancer stay in their zone while it
 * has any instance, and so can melt the last one.
 *
 * @param zone the caller's own; empty if it has none, and then nothing is preferred
 * @param headroom 1 or more: how many times the mean load the instances of the own zone may get before calls spill over;
 *     1 keeps the load even, more keeps calls near
 * @param callerShare above 0, at most 1: the part of all callers that are in the zone; 0 for as many in each zone
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/upstream/load_balancing/zone_aware">zone
 *     aware routing in Envoy</a>
 */
public record ZonePreference(String zone, double headroom, double callerShare) {

    /** The headroom unless told. */
    public static final double DEFAULT_HEADROOM = 1.2;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException naming the bad value
     */
    public ZonePreference {
        if (!(headroom >= 1)) {
            throw new IllegalArgumentException("headroom " + headroom + " must be 1 or more");
        }
        if (!(callerShare >= 0 && callerShare <= 1)) {
            throw new IllegalArgumentException("callerShare " + callerShare + " must be 0 to 1");
        }
    }

    /**
     * Prefers a zone in the usual measure.
     *
     * @param zone the caller's own
     * @return a preference
     */
    public static ZonePreference of(String zone) {
        return new ZonePreference(zone, DEFAULT_HEADROOM, 0);
    }

    /**
     * Sets the headroom.
     *
     * @param value 1 or more
     * @return another preference
     */
    public ZonePreference withHeadroom(double value) {
        return new ZonePreference(zone, value, callerShare);
    }

    /**
     * Sets the part of the callers that are in the zone.
     *
     * @param value above 0, at most 1; 0 for as many in each zone
     * @return another preference
     */
    public ZonePreference withCallerShare(double value) {
        return new ZonePreference(zone, headroom, value);
    }
}
