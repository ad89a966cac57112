package io.rollcall.server.security.limit;

import io.rollcall.api.error.ErrorCode;
import io.rollcall.api.error.Problem;
import io.rollcall.server.app.access.AuditTrail;
import io.rollcall.server.app.access.Doorkeeper;
import io.rollcall.server.config.LimitSettings;
import io.rollcall.server.security.AddressKeys;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The limits of a node, held to at its door. */
public final class Limits implements Doorkeeper {

    /** A bucket holds what comes in so many seconds, so that a burst after a quiet time is no excess. */
    private static final int BURST_SECONDS = 2;

    private static final double SECONDS_PER_MINUTE = 60;

    /** So that those who were refused together do not come back together. */
    private static final int RETRY_SECONDS_MAX = 3;

    private final LimitSettings settings;
    private final WriteLane writes;
    private final AuditTrail audit;
    private final TokenBuckets requests;
    private final TokenBuckets tokenRequests;
    private final TokenBuckets beats;
    private final TokenBuckets tokenBeats;
    private final TokenBuckets failedLogins;

    /**
     * The limits of a node.
     *
     * @param settings how much there may be
     * @param writes the way of this node's writes
     * @param audit may ask for writes to be refused
     * @param nanos a monotonic clock
     */
    public Limits(LimitSettings settings, WriteLane writes, AuditTrail audit, LongSupplier nanos) {
        this.settings = settings;
        this.writes = writes;
        this.audit = audit;
        this.requests = buckets(settings.requestsPerSecond(), nanos);
        this.tokenRequests = buckets(settings.tokenRequestsPerSecond(), nanos);
        this.beats = buckets(settings.beatsPerSecond(), nanos);
        this.tokenBeats = buckets(settings.beatsPerSecond(), nanos);
        this.failedLogins = new TokenBuckets(
                settings.failedLoginsPerMinute() / SECONDS_PER_MINUTE,
                settings.failedLoginsPerMinute(),
                settings.maxBuckets(),
                nanos);
    }

    private TokenBuckets buckets(int perSecond, LongSupplier nanos) {
        return new TokenBuckets(perSecond, (double) perSecond * BURST_SECONDS, settings.maxBuckets(), nanos);
    }

    @Override
    public @Nullable Problem enter(Lane lane, String address, boolean showsToken) {
        if (isLimited(address)) {
            String key = AddressKeys.of(address);
            long wait = lane == Lane.BEAT ? beats.take(key) : requests.take(key);
            if (wait > 0) {
                return rateLimited("this address sends more than it may", wait);
            }
            long locked = showsToken ? failedLogins.look(key) : 0;
            if (locked > 0) {
                return rateLimited("this address showed too many wrong tokens", locked);
            }
        }
        if (lane == Lane.WRITE) {
            if (writes.isFull()) {
                return overloaded("this node has as many writes under way as it can end in time; nothing was done");
            }
            if (audit.refusesWrites()) {
                return Problem.of(
                                ErrorCode.AUDIT_UNAVAILABLE,
                                "the audit log cannot be written, and audit.on-failure asks to refuse writes then;"
                                        + " nothing was done, ask another node")
                        .with("retryAfter", retrySeconds());
            }
        }
        return null;
    }

    @Override
    public @Nullable Problem spend(Lane lane, String tokenId, String address) {
        if (!isLimited(address)) {
            return null;
        }
        long wait = lane == Lane.BEAT ? tokenBeats.take(tokenId) : tokenRequests.take(tokenId);
        return wait > 0 ? rateLimited("this token is used more than it may", wait) : null;
    }

    @Override
    public void loginFailed(String address) {
        if (isLimited(address)) {
            failedLogins.take(AddressKeys.of(address));
        }
    }

    @Override
    public int maxConnections(String address) {
        return isLimited(address) ? settings.connectionsPerAddress() : Integer.MAX_VALUE;
    }

    @Override
    public int maxWatches(String address) {
        return isLimited(address) ? settings.watchesPerAddress() : Integer.MAX_VALUE;
    }

    private boolean isLimited(String address) {
        return settings.loopback() || !AddressKeys.isLoopback(address);
    }

    private static Problem rateLimited(String why, long waitNanos) {
        long seconds = TimeUnit.NANOSECONDS.toSeconds(waitNanos) + 1;
        return Problem.of(ErrorCode.RATE_LIMITED, why + "; nothing was done, send less")
                .with("retryAfter", seconds + ThreadLocalRandom.current().nextInt(RETRY_SECONDS_MAX));
    }

    static Problem overloaded(String detail) {
        return Problem.of(ErrorCode.OVERLOADED, detail).with("retryAfter", retrySeconds());
    }

    private static int retrySeconds() {
        return 1 + ThreadLocalRandom.current().nextInt(RETRY_SECONDS_MAX);
    }
}
