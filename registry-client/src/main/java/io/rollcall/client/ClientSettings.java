package io.rollcall.client;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * What a client keeps to.
 *
 * @param servers where the nodes listen, at least one; each ends without a slash
 * @param attemptTimeout for one attempt on one server. Too small: a slow answer of a healthy leader is thrown away and
 *     asked for again elsewhere. Too large: a server that hangs holds a call for as long
 * @param connectTimeout for a connection to open. Too small: far servers are never reached. Too large: one that is cut
 *     off holds a call for as long
 * @param deadline for a call with all its attempts. Too small: an election is taken for an outage. Too large: callers
 *     pile up behind an outage
 * @param minBackoff the wait before the second attempt, before jitter. Too small: a herd. Too large: slow fail-over
 * @param maxBackoff the longest wait between attempts, before jitter
 * @param maxAnswerBytes the largest answer that is read. Too small: large services cannot be listed. Too large: a
 *     faulty server can fill the memory
 * @param readYourWrites whether each read waits until the answering node has applied this client's writes
 */
record ClientSettings(
        List<URI> servers,
        Duration attemptTimeout,
        Duration connectTimeout,
        Duration deadline,
        Duration minBackoff,
        Duration maxBackoff,
        int maxAnswerBytes,
        boolean readYourWrites) {

    static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(2);
    static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);
    static final Duration DEADLINE = Duration.ofSeconds(10);
    static final Duration MIN_BACKOFF = Duration.ofMillis(25);
    static final Duration MAX_BACKOFF = Duration.ofSeconds(1);
    static final int MAX_ANSWER_BYTES = 64 * 1024 * 1024;

    ClientSettings {
        servers = List.copyOf(servers);
        if (servers.isEmpty()) {
            throw new IllegalArgumentException("no server is given: name at least one, such as http://127.0.0.1:8500");
        }
        positive("attempt timeout", attemptTimeout);
        positive("connect timeout", connectTimeout);
        positive("deadline", deadline);
        positive("least back-off", minBackoff);
        if (maxBackoff.compareTo(minBackoff) < 0) {
            throw new IllegalArgumentException(
                    "longest back-off " + maxBackoff + " is below the least back-off " + minBackoff);
        }
        if (maxAnswerBytes < 1) {
            throw new IllegalArgumentException("largest answer must be 1 byte or more, is " + maxAnswerBytes);
        }
    }

    private static void positive(String what, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(what + " must be above zero, is " + value);
        }
    }
}
