package io.rollcall.client;

import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One call on its way from server to server. Each step begins where the one before ended, on whichever thread that was, and
 * none waits; breaking the call off is all that may happen beside them.
 *
 * @param <T> what the answer holds
 */
final class CallUnderWay<T> {

    // An attempt that is cut off before it can be answered would only make a write's outcome unknown.
    private static final long MIN_ATTEMPT_NANOS = Duration.ofMillis(50).toNanos();

    /** The next attempt: on which server, and when at the earliest, in nanoseconds since the call began. */
    private record Turn(int position, long at) {}

    private final Call<T> call;
    private final ServerList servers;
    private final Backoff backoff;
    private final Exchange exchange;
    private final Ticker ticker;
    private final CallSpan span;
    private final long start;
    private final Duration limit;
    private final long attemptNanos;
    private final CompletableFuture<Outcome<T>> end = new CompletableFuture<>();

    // Confined to the steps, of which there is one at a time.
    private int made;
    private boolean isTokenRenewed;

    private final Object lock = new Object();
    // Guarded by the lock.
    private final Attempts<T> attempts;
    private boolean isSent;
    private boolean isOver;
    private @Nullable CompletableFuture<?> coming;

    CallUnderWay(
            Call<T> call,
            CallLimits limits,
            ServerList servers,
            Backoff backoff,
            Exchange exchange,
            Ticker ticker,
            CallSpan span) {
        this.call = call;
        this.servers = servers;
        this.backoff = backoff;
        this.exchange = exchange;
        this.ticker = ticker;
        this.span = span;
        this.attempts = new Attempts<>(call, servers);
        this.start = ticker.nanos();
        this.limit = limits.deadline().plus(call.holds());
        this.attemptNanos = limits.attemptTimeout().plus(call.holds()).toNanos();
    }

    /** How the call ends; it fails by nothing but a mistake of the caller or of ours. Not to be completed by others. */
    CompletableFuture<Outcome<T>> end() {
        return end;
    }

    void begin() {
        step(this::next);
    }

    /** Breaks the call off unless it has ended, and tells its end. */
    Outcome<T> abort(String limitReached) {
        abandon(limitReached);
        return end.join();
    }

    private void next() {
        long now = elapsed();
        Turn turn = turn(now);
        if (turn == null) {
            giveUp("within " + limit.toMillis() + " ms");
            return;
        }
        made++;
        if (turn.at() > now) {
            await(ticker.pause(Duration.ofNanos(turn.at() - now)), nothing -> attempt(turn));
        } else {
            attempt(turn);
        }
    }

    /** Null if the deadline is too near for another attempt. */
    private @Nullable Turn turn(long now) {
        long earliest = now + (made == 0 ? 0 : backoff.nanos(made));
        Turn turn;
        synchronized (lock) {
            int position = attempts.next(earliest);
            turn = new Turn(position, Math.max(earliest, attempts.notBefore(position)));
        }
        return made > 0 && limit.toNanos() - turn.at() < MIN_ATTEMPT_NANOS ? null : turn;
    }

    private void attempt(Turn turn) {
        String token;
        try {
            token = exchange.credentials().current();
        } catch (TokenException e) {
            giveUp("as there is no token (" + e.detail() + ")");
            return;
        }
        synchronized (lock) {
            isSent = true;
        }
        URI server = servers.get(turn.position());
        Duration budget = Duration.ofNanos(Math.min(limit.toNanos() - turn.at(), attemptNanos));
        long sent = ticker.nanos();
        CompletableFuture<Attempt> attempt =
                span.inside(() -> exchange.send(server, call, token, span.headers(), budget));
        await(attempt, ended -> {
            span.attempted(server, ended, ticker.nanos() - sent);
            ended(turn.position(), ended, token);
        });
    }

    private void ended(int position, Attempt attempt, @Nullable String token) {
        boolean isUnauthenticated =
                attempt instanceof Attempt.Answered answer && answer.status() == HttpURLConnection.HTTP_UNAUTHORIZED;
        if (isUnauthenticated && !isTokenRenewed && exchange.credentials().isReplaced(token)) {
            // Once: the token was replaced after it was asked for.
            isTokenRenewed = true;
            attempt(new Turn(position, elapsed()));
            return;
        }
        Outcome<T> outcome;
        synchronized (lock) {
            isSent = false;
            outcome = attempts.add(position, attempt, elapsed());
        }
        if (outcome == null) {
            next();
        } else {
            over(outcome);
        }
    }

    private long elapsed() {
        return ticker.nanos() - start;
    }

    /** Goes on with what comes, unless the call is over by then. */
    private <V> void await(CompletableFuture<V> next, Consumer<V> then) {
        boolean isLate;
        synchronized (lock) {
            coming = next;
            isLate = isOver;
        }
        if (isLate) {
            next.cancel(true);
            return;
        }
        var unused = next.whenComplete((value, failure) -> {
            if (failure == null) {
                step(() -> then.accept(value));
            } else if (next.isCancelled()) {
                abandon("before the client was closed");
            } else {
                fail(failure);
            }
        });
    }

    /** Whatever goes wrong in a step must end the call: somebody waits for it. */
    private void step(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            fail(e);
        }
    }

    private void giveUp(String limitReached) {
        Outcome<T> outcome;
        synchronized (lock) {
            outcome = attempts.gaveUp(limitReached);
        }
        over(outcome);
    }

    private void abandon(String limitReached) {
        Outcome<T> outcome;
        CompletableFuture<?> waitedFor;
        synchronized (lock) {
            if (isOver) {
                return;
            }
            isOver = true;
            outcome = attempts.abandoned(isSent, limitReached);
            waitedFor = coming;
        }
        if (waitedFor != null) {
            waitedFor.cancel(true);
        }
        tell(outcome);
    }

    private void over(Outcome<T> outcome) {
        synchronized (lock) {
            if (isOver) {
                return;
            }
            isOver = true;
        }
        tell(outcome);
    }

    private void tell(Outcome<T> outcome) {
        span.ended(outcome);
        end.complete(outcome);
    }

    private void fail(Throwable failure) {
        synchronized (lock) {
            if (isOver) {
                return;
            }
            isOver = true;
        }
        span.failed(failure);
        end.completeExceptionally(failure);
    }
}
