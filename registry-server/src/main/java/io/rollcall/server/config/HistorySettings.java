package io.rollcall.server.config;

import java.time.Duration;

/**
 * How much of the history the leader keeps for all members.
 *
 * @param retention how long an event is kept
 * @param maxSizeBytes what events may take in all, before compression; beyond it the oldest go earlier
 */
public record HistorySettings(Duration retention, long maxSizeBytes) {}
