package io.rollcall.server.config;

import java.time.Duration;

/**
 * How long requests are tried, and what they may do unasked.
 *
 * @param writeDeadline from a write's arrival to {@code outcome-unknown} or {@code no-leader}
 * @param readDeadline how long a read waits for the barrier or for {@code minIndex}
 * @param unconfirmedPercent the share of a service that a deregistration of many may remove without a confirmation
 */
public record RequestSettings(Duration writeDeadline, Duration readDeadline, int unconfirmedPercent) {}
