package io.rollcall.server.app;

import io.rollcall.api.error.ErrorCode;
import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.server.view.CatalogView;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A leader's leases without a leader: it knows who is registered, and nothing ever expires. */
public final class FakeLeases implements LeaseKeeper, ExpiryDesk, LastHeartbeats, CheckCounts, InstantSource {

    private static final int BEATS_OF_A_TTL = 3;

    /** When it is now, in milliseconds since the epoch. */
    public final AtomicLong now = new AtomicLong(1_767_225_600_000L);

    /** Why nobody confirms anything; null if somebody does. */
    public volatile ErrorCode unconfirmed;

    /** The instances of which nobody confirms anything. */
    public volatile Set<String> unconfirmedIds = Set.of();

    /** What was counted of all health checks; null for a node that does not lead. */
    public volatile Counted counted;

    /** How often it was asked to let go. */
    public final AtomicInteger releases = new AtomicInteger();

    /** How many beats it took. */
    public final AtomicInteger beats = new AtomicInteger();

    private final CatalogView view;
    private final Map<String, Long> heard = new ConcurrentHashMap<>();

    public FakeLeases(CatalogView view) {
        this.view = view;
    }

    @Override
    public CompletableFuture<List<BeatResult>> renew(List<Beat> taken, Duration deadline) {
        return CompletableFuture.completedFuture(taken.stream().map(this::renew).toList());
    }

    private BeatResult renew(Beat beat) {
        beats.incrementAndGet();
        if (unconfirmed != null || unconfirmedIds.contains(beat.key().id().value())) {
            return new BeatResult.Unconfirmed(
                    unconfirmed == null ? ErrorCode.NO_LEADER : unconfirmed, "nobody confirmed it");
        }
        var service = view.current().service(beat.key().service());
        var entry = service == null ? null : service.instance(beat.key().id());
        if (entry == null) {
            return new BeatResult.Unknown();
        }
        Instance instance = entry.instance();
        if (beat.incarnation() != null && beat.incarnation() != instance.incarnation()) {
            return new BeatResult.Stale(instance.incarnation());
        }
        heard.put(which(instance.key(), instance.incarnation()), now.get());
        var ttl = instance.registration().ttl();
        return new BeatResult.Renewed(ttl, ttl.dividedBy(BEATS_OF_A_TTL));
    }

    private static String which(InstanceKey key, long incarnation) {
        return key + "@" + incarnation;
    }

    @Override
    public CompletableFuture<byte[]> expiry(boolean release, Duration deadline) {
        if (unconfirmed != null) {
            return CompletableFuture.completedFuture(null);
        }
        if (release) {
            releases.incrementAndGet();
        }
        var body = "{\"mode\":\"idle\",\"reason\":\"\",\"since\":null,\"endsBy\":null,\"candidates\":0,\"held\":0,"
                + "\"perService\":[],\"figures\":{}}";
        return CompletableFuture.completedFuture(body.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Counted counted(InstanceKey key, long incarnation) {
        return counted;
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(now.get());
    }

    @Override
    public long lastHeartbeatMillis(InstanceKey key, long incarnation) {
        return heard.getOrDefault(which(key, incarnation), 0L);
    }
}
