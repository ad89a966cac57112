package io.rollcall.client;

import io.rollcall.api.error.ErrorCode;
import io.rollcall.api.error.RetryAdvice;
import io.rollcall.api.model.InvalidRequestException;
import io.rollcall.client.answer.AnswerHeaders;
import io.rollcall.client.answer.Refusal;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the attempts of one call have shown so far. Not thread-safe.
 *
 * <p>Once a write was sent and its answer lost, only an answer that the registry's state gave can tell what became of
 * it: a repetition with the same request id gets the first answer. A server that has no leader, or that refuses the
 * caller, says nothing of what an attempt before it did.
 *
 * @param <T> what the answer holds
 */
final class Attempts<T> {

    /** Looked up when something fails: setting up the logging takes a good part of a short command's time. */
    private static final class Log {
        static final Logger LOG = LoggerFactory.getLogger(Attempts.class);
    }

    private final Call<T> call;
    private final ServerList servers;
    private final Map<URI, String> lastOfServer = new LinkedHashMap<>();
    // In nanoseconds since the call began; 0 for a server that did not ask to wait.
    private final long[] notBefore;
    private @Nullable Refusal lastRefusal;
    private boolean maybeDone;
    private int made;

    Attempts(Call<T> call, ServerList servers) {
        this.call = call;
        this.servers = servers;
        this.notBefore = new long[servers.size()];
    }

    /** The server to try at {@code now}: the first in turn that did not ask to wait longer, else the first to be free. */
    int next(long now) {
        int first = servers.preferred();
        int best = first;
        for (int i = 0; i < servers.size(); i++) {
            int position = (first + i) % servers.size();
            if (notBefore(position) <= now) {
                return position;
            }
            if (notBefore(position) < notBefore(best)) {
                best = position;
            }
        }
        return best;
    }

    long notBefore(int position) {
        return notBefore[position];
    }

    /** Takes in how an attempt ended, and returns the end of the call, or null if another attempt may help. */
    @Nullable
    Outcome<T> add(int position, Attempt attempt, long now) {
        made++;
        if (attempt instanceof Attempt.Answered answered) {
            return answered(position, answered, now);
        }
        if (attempt instanceof Attempt.Broken broken) {
            maybeDone = true;
            failed(position, broken.detail());
        } else if (attempt instanceof Attempt.NotSent notSent) {
            failed(position, notSent.detail());
        }
        return null;
    }

    private @Nullable Outcome<T> answered(int position, Attempt.Answered answer, long now) {
        if (answer.status() / 100 == 2) {
            servers.stick(position);
            return done(position, answer);
        }
        Refusal refusal = Refusal.read(answer.status(), answer.json(), answer.text());
        if (answer.status() < 500) {
            servers.stick(position);
            return refused(position, refusal);
        }
        RetryAdvice advice = refusal.known().map(ErrorCode::retryAdvice).orElse(RetryAdvice.SAME_REQUEST);
        // An internal error may have come after the commit.
        if (advice == RetryAdvice.SAME_REQUEST || refusal.is(ErrorCode.INTERNAL_ERROR)) {
            maybeDone = true;
        }
        lastRefusal = refusal;
        failed(position, refusal.toString());
        long free = now + retryAfterNanos(answer);
        if (advice == RetryAdvice.LATER) {
            // The cluster is overloaded, not this node: another one would hand the call to the same leader.
            Arrays.fill(notBefore, free);
        } else {
            notBefore[position] = free;
        }
        return null;
    }

    private Outcome<T> done(int position, Attempt.Answered answer) {
        try {
            T value = call.reader().apply(answer);
            return new Outcome.Done<>(value, AnswerHeaders.of(answer.headers()), answer.json());
        } catch (InvalidRequestException e) {
            // Another server would answer the same; waiting does not help.
            maybeDone = true;
            failed(
                    position,
                    "answered HTTP " + answer.status() + " with what this version cannot read (" + e.getMessage()
                            + "): is it a Rollcall server, and not newer than this client?");
            return gaveUp("that can be read");
        }
    }

    private Outcome<T> refused(int position, Refusal refusal) {
        // Said before the log was asked, so that it says nothing of an attempt that may be in it.
        boolean beforeTheLog = refusal.known().isEmpty()
                || refusal.is(ErrorCode.UNAUTHENTICATED)
                || refusal.is(ErrorCode.PERMISSION_DENIED)
                || refusal.is(ErrorCode.QUOTA_EXCEEDED)
                || refusal.is(ErrorCode.RATE_LIMITED);
        if (maybeDone && call.requestId() != null && beforeTheLog) {
            failed(position, refusal.toString());
            return gaveUp("that tells");
        }
        return new Outcome.Refused<>(refusal);
    }

    private void failed(int position, String detail) {
        servers.leave(position);
        Log.LOG
                .atDebug()
                .addKeyValue("server", servers.get(position))
                .addKeyValue("method", call.route().method())
                .addKeyValue("target", call.target())
                .addKeyValue("attempt", made)
                .addKeyValue("detail", detail)
                .log("attempt failed");
        lastOfServer.put(servers.get(position), detail);
    }

    /** The end of a call that is broken off, perhaps while an attempt is under way. */
    Outcome<T> abandoned(boolean isUnderWay, String limit) {
        if (isUnderWay) {
            made++;
            maybeDone = true;
        }
        return gaveUp(limit);
    }

    /** The end of a call that got no answer. */
    Outcome<T> gaveUp(String limit) {
        String tried = lastOfServer.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .collect(Collectors.joining("; "));
        String detail = "no answer " + limit + (made > 1 ? " after " + made + " attempts" : "")
                + (tried.isEmpty() ? "" : " (" + tried + ")");
        String requestId = call.requestId();
        if (maybeDone && requestId != null) {
            return new Outcome.Unknown<>(detail, requestId);
        }
        return lastRefusal == null ? new Outcome.Unanswered<>(detail) : new Outcome.Refused<>(lastRefusal);
    }

    /** Seconds only: the form with a date needs clocks that agree. */
    private static long retryAfterNanos(Attempt.Answered answer) {
        return answer.headers()
                .firstValue("Retry-After")
                .filter(text -> text.length() <= 6 && text.matches("[0-9]+"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)).toNanos())
                .orElse(0L);
    }
}
