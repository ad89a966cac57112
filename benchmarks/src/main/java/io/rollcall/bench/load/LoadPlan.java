package io.rollcall.bench.load;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * How a load is driven.
 *
 * @param targets where the connections go, in turn
 * @param connections callers, each with one request in flight; 1 to {@value #CONNECTIONS_MAX}
 * @param threads threads of the driver, which share the connections; one drives more than two cores of servers answer
 * @param duration how long requests are begun
 * @param ratePerSecond 0: closed loop, each caller asks again as soon as it was answered; else open loop: requests are
 *     meant to begin at this rate in all, and a latency counts from the moment its request was meant to begin
 */
public record LoadPlan(
        List<InetSocketAddress> targets, int connections, int threads, Duration duration, double ratePerSecond) {

    /** The largest request. */
    public static final int REQUEST_BYTES_MAX = 64 * 1024;

    /** The most connections. */
    public static final int CONNECTIONS_MAX = 10_000;

    /** Checks the ranges. */
    public LoadPlan {
        targets = List.copyOf(targets);
        if (targets.isEmpty()) {
            throw new IllegalArgumentException("a load needs at least one target");
        }
        if (connections < 1 || connections > CONNECTIONS_MAX) {
            throw new IllegalArgumentException("connections " + connections + ": give 1 to " + CONNECTIONS_MAX);
        }
        if (threads < 1 || threads > connections) {
            throw new IllegalArgumentException("threads " + threads + ": give 1 to the number of connections");
        }
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException("duration " + duration + ": give more than nothing");
        }
        if (!(ratePerSecond >= 0)) {
            throw new IllegalArgumentException("rate " + ratePerSecond + ": give 0 (closed loop) or more");
        }
    }

    /**
     * A closed loop with one driver thread.
     *
     * @param targets where the connections go, in turn
     * @param connections callers
     * @param duration how long requests are begun
     * @return the plan
     */
    public static LoadPlan closed(List<InetSocketAddress> targets, int connections, Duration duration) {
        return new LoadPlan(targets, connections, 1, duration, 0);
    }

    /**
     * An open loop with one driver thread.
     *
     * @param targets where the connections go, in turn
     * @param connections the most requests in flight
     * @param duration how long requests are begun
     * @param ratePerSecond requests begun a second, in all
     * @return the plan
     */
    public static LoadPlan open(
            List<InetSocketAddress> targets, int connections, Duration duration, double ratePerSecond) {
        return new LoadPlan(targets, connections, 1, duration, ratePerSecond);
    }

    boolean isOpenLoop() {
        return ratePerSecond > 0;
    }
}
