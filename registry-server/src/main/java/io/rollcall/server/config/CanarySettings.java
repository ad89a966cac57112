package io.rollcall.server.config;

import java.time.Duration;

/**
 * How the leader measures how long a registration takes to be told everywhere.
 *
 * @param interval from one measurement to the next; zero measures never
 */
public record CanarySettings(Duration interval) {}
