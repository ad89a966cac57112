package io.rollcall.server.config;

import java.time.Duration;

/**
 * What is written down of who did what.
 *
 * @param enabled whether anything is
 * @param reads whether reads of data are, too
 * @param refusesWithoutTrail whether writes are refused while nothing can be written down
 * @param maxFileBytes after which another file is begun
 * @param maxFiles how many are kept
 * @param maxQueued events that wait to be written
 * @param denialsInterval how long denials that are alike are counted before the count is written down; zero writes each
 * @param syncInterval how often what was written is forced to the disk; zero: after each batch
 */
public record AuditSettings(
        boolean enabled,
        boolean reads,
        boolean refusesWithoutTrail,
        long maxFileBytes,
        int maxFiles,
        int maxQueued,
        Duration denialsInterval,
        Duration syncInterval) {}
