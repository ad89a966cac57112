package io.rollcall.server.config;

import java.time.Duration;

/**
 * How much of the history the leader keeps for all members, and how much of it a question may read.
 *
 * @param retention how long an event is kept
 * @param maxSizeBytes what events may take in all, before compression; beyond it the oldest go earlier
 * @param maxRead instances and events that one question about the past may read
 */
public record HistorySettings(Duration retention, long maxSizeBytes, int maxRead) {}
