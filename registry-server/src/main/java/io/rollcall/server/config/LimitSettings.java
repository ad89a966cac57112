package io.rollcall.server.config;

import java.time.Duration;

/**
 * How much callers may ask for.
 *
 * @param loopback whether callers on this machine are limited, too
 * @param requestsPerSecond of one address, heartbeats apart; 0 for any number
 * @param tokenRequestsPerSecond by one token, heartbeats apart; 0 for any number
 * @param beatsPerSecond requests with heartbeats of one address or token; 0 for any number
 * @param failedLoginsPerMinute wrong tokens of one address; 0 for any number
 * @param maxBuckets addresses or tokens whose rate is followed
 * @param connectionsPerAddress open connections of one address
 * @param headerTimeout how long the head of a request may take
 * @param minAnswerBytesPerSecond what a caller must read of an answer that waits for it
 * @param watchesPerAddress streams of one address
 * @param writesUnderWay writes of this node's callers on their way through the log, at most
 * @param writeTime what a write may take before fewer are let in
 * @param queueTime what a request may wait for a thread before reads and writes are turned away
 * @param diskFreeMinBytes what must be free where the data lies
 * @param quotas how much may be stored
 */
public record LimitSettings(
        boolean loopback,
        int requestsPerSecond,
        int tokenRequestsPerSecond,
        int beatsPerSecond,
        int failedLoginsPerMinute,
        int maxBuckets,
        int connectionsPerAddress,
        Duration headerTimeout,
        long minAnswerBytesPerSecond,
        int watchesPerAddress,
        int writesUnderWay,
        Duration writeTime,
        Duration queueTime,
        long diskFreeMinBytes,
        QuotaSettings quotas) {}
