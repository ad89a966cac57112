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
        int smallService) {

    private static final int PERCENT = 100;

    /**
     * Tells whether a part of one service is more than can be believed.
     *
     * @param part instances of it that seem dead
     * @param whole instances of it
     * @return never for a percentage of 100
     */
    public boolean isTooMuchOfService(int part, int whole) {
        return exceeds(part, whole, servicePercent);
    }

    /**
     * Tells whether a part of all instances is more than can be believed.
     *
     * @param part instances that seem dead
     * @param whole all instances
     * @return never for a percentage of 100, nor for a part of {@link #globalMin} or less
     */
    public boolean isTooMuchOfAll(int part, int whole) {
        return part > globalMin && exceeds(part, whole, globalPercent);
    }

    private static boolean exceeds(int part, int whole, int percent) {
        return percent < PERCENT && (long) part * PERCENT > (long) whole * percent;
    }
}
