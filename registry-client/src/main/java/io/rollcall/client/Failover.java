package io.rollcall.client;

import java.time.Duration;

/** Brings a call to whichever server answers, within one deadline. */
final class Failover {

    // An attempt that is cut off before it can be answered would only make a write's outcome unknown.
    private static final long MIN_ATTEMPT_NANOS = Duration.ofMillis(50).toNanos();

    private final ClientSettings settings;
    private final Backoff backoff;
    private final ServerList servers;
    private final Exchange exchange;
    private final Ticker ticker;

    Failover(ClientSettings settings, ServerList servers, Exchange exchange, Ticker ticker) {
        this.settings = settings;
        this.backoff = new Backoff(settings.minBackoff(), settings.maxBackoff());
        this.servers = servers;
        this.exchange = exchange;
        this.ticker = ticker;
    }

    <T> Outcome<T> run(Call<T> call) {
        return run(call, new CallLimits(settings.attemptTimeout(), settings.deadline()));
    }

    <T> Outcome<T> run(Call<T> call, CallLimits limits) {
        long start = ticker.nanos();
        Duration limit = limits.deadline().plus(call.holds());
        long deadline = limit.toNanos();
        Attempts<T> attempts = new Attempts<>(call, servers);
        for (int made = 0; ; made++) {
            long now = ticker.nanos() - start;
            long earliest = now + (made == 0 ? 0 : backoff.nanos(made));
            int position = attempts.next(earliest);
            long next = Math.max(earliest, attempts.notBefore(position));
            if (made > 0 && deadline - next < MIN_ATTEMPT_NANOS) {
                return attempts.gaveUp("within " + limit.toMillis() + " ms");
            }
            if (next > now && !pause(next - now)) {
                return attempts.gaveUp("before the calling thread was interrupted");
            }
            long budget = Math.min(
                    deadline - next, limits.attemptTimeout().plus(call.holds()).toNanos());
            Attempt attempt = exchange.send(servers.get(position), call, Duration.ofNanos(budget));
            Outcome<T> end = attempts.add(position, attempt, ticker.nanos() - start);
            if (end != null) {
                return end;
            }
        }
    }

    private boolean pause(long nanos) {
        try {
            ticker.pause(Duration.ofNanos(nanos));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
