package io.rollcall.chaos.checker;

import java.time.Duration;

/**
 * What is promised to those who call.
 *
 * @param ttl of the instances
 * @param lease what is promised of their leases
 * @param told from a change at the registry until a consumer acts by it, also if its node dies meanwhile
 */
public record CallBounds(Duration ttl, LeaseBounds lease, Duration told) {}
