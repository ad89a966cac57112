package io.rollcall.chaos.checker;

import java.time.Duration;

/**
 * What is promised of silent instances.
 *
 * @param grace that a lease gets beside its TTL after a leader change
 * @param slack from the end of a lease until every current node has given the instance up
 */
public record LeaseBounds(Duration grace, Duration slack) {

    /** The promise of the product with its usual settings. */
    public static final LeaseBounds USUAL = new LeaseBounds(Duration.ofSeconds(2), Duration.ofSeconds(1));
}
