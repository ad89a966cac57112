package io.rollcall.server.raft;

import io.rollcall.server.app.MemberTls;
import io.rollcall.server.config.HostPort;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.ratis.protocol.RaftPeer;
import org.jspecify.annotations.Nullable;

/**
 * Who is dialled where, and when connections to whom must be made anew so that none outlives its certificates: after two thirds
 * of the time that was left when it was opened. Who replaces certificates before that is never cut off, and of one that is
 * not replaced the rest is divided again.
 */
final class MemberAddresses implements MemberTls.Members {

    /** Also of certificates that are good for ever. */
    private static final Duration LIFE_MAX = Duration.ofDays(30);

    private final LongSupplier nanoTime;
    private final Map<HostPort, String> ids = new ConcurrentHashMap<>();
    private final Map<String, Long> dueNanos = new ConcurrentHashMap<>();

    MemberAddresses(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** All whom Ratis may dial, before it does. */
    void add(Collection<RaftPeer> peers) {
        for (RaftPeer peer : peers) {
            ids.put(HostPort.parse(peer.getAddress()), peer.getId().toString());
        }
    }

    @Override
    public @Nullable String at(String host, int port) {
        // gRPC keeps the brackets of IPv6.
        boolean hasBrackets = host.startsWith("[") && host.endsWith("]");
        return ids.get(new HostPort(hasBrackets ? host.substring(1, host.length() - 1) : host, port));
    }

    @Override
    public void opened(String id, Instant goodUntil) {
        Duration left = Duration.between(Instant.now(), goodUntil);
        long leftNanos = (left.compareTo(LIFE_MAX) > 0 ? LIFE_MAX : left).toNanos();
        dueNanos.merge(id, nanoTime.getAsLong() + Math.max(0, leftNanos) / 3 * 2, Math::min);
    }

    /** Makes all due: what they were opened by is no more. */
    void expireAll() {
        dueNanos.replaceAll((id, due) -> nanoTime.getAsLong());
    }

    /** Takes those that are due; they count again when they are opened. */
    Set<String> takeDue() {
        long now = nanoTime.getAsLong();
        Set<String> due = dueNanos.entrySet().stream()
                .filter(entry -> entry.getValue() - now <= 0)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        due.forEach(dueNanos::remove);
        return due;
    }
}
