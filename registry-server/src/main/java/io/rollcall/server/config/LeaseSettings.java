package io.rollcall.server.config;

import java.time.Duration;

/**
 * How the leader lets leases run out, and when it rather doubts itself.
 *
 * @param beatDeadline how long a heartbeat looks for a leader that confirms it
 * @param grace what every lease gets on top of its ttl after an election
 * @param rate leases that lapse and instances that are removed, in a second
 * @param maxHold the longest that an overdue instance is held back
 * @param globalPercent share of all leases that must be late before anything overdue is held
 * @param globalMin leases that must be late for that, however few there are in all
 * @param servicePercent share of one service's leases that must be late before its overdue ones are held
 * @param smallService services of so many instances or fewer are exempt from that share
 */
public record LeaseSettings(
        Duration beatDeadline,
        Duration grace,
        int rate,
        Duration maxHold,
        int globalPercent,
        int globalMin,
        int servicePercent,
        int smallService) {}
