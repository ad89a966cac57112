package io.rollcall.server.raft;

import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.SslContext;
import org.jspecify.annotations.Nullable;

/**
 * Two connections to each other member's Raft port, one for what is urgent and one for all else, made when they are needed
 * first, and anew when they are silent.
 */
final class PeerChannels implements PeerCalls, AutoCloseable {

    private final UUID group;
    private final Function<String, @Nullable String> addresses;
    private final @Nullable SslContext tls;
    private final Executor executor;
    private final Executor urgentExecutor;
    private final Consumer<String> whenSilent;
    private final Map<Lane, PeerLink> links = new ConcurrentHashMap<>();
    private final Map<Lane, PeerLink> opening = new ConcurrentHashMap<>();
    private final Queue<PeerLink> retired = new ConcurrentLinkedQueue<>();

    private record Lane(String peer, boolean urgent) {}

    /**
     * No connections yet.
     *
     * @param group the Raft group
     * @param addresses gives the Raft address of a member; null if it is none
     * @param tls protects them; null: nothing does
     * @param executor runs what follows an answer
     * @param urgentExecutor runs what follows an urgent one
     * @param whenSilent is told of a member whose connection was given up, as others to it will lead nowhere either; must
     *     not block
     */
    PeerChannels(
            UUID group,
            Function<String, @Nullable String> addresses,
            @Nullable SslContext tls,
            Executor executor,
            Executor urgentExecutor,
            Consumer<String> whenSilent) {
        this.group = group;
        this.addresses = addresses;
        this.tls = tls;
        this.executor = executor;
        this.urgentExecutor = urgentExecutor;
        this.whenSilent = whenSilent;
    }

    @Override
    public CompletableFuture<byte[]> call(String peer, PeerMethod method, byte[] request, Duration timeout) {
        Lane lane = new Lane(peer, method.isUrgent());
        PeerLink present = links.get(lane);
        PeerLink link = present != null ? present : links.computeIfAbsent(lane, this::open);
        if (link == null) {
            return CompletableFuture.failedFuture(new PeerException("no member has the id " + peer, true, null));
        }
        return link.call(method, request, timeout, () -> replace(lane, link));
    }

    private @Nullable PeerLink open(Lane lane) {
        String address = addresses.apply(lane.peer);
        return address == null
                ? null
                : new PeerLink(group, lane.peer, address, tls, lane.urgent ? urgentExecutor : executor);
    }

    private void replace(Lane lane, PeerLink silent) {
        if (links.remove(lane, silent)) {
            silent.close();
            whenSilent.accept(lane.peer);
        }
    }

    /** Opens connections to a member beside those that there are, which are left when the new ones stand. */
    void renew(String peer) {
        for (Lane lane : links.keySet()) {
            PeerLink next = lane.peer.equals(peer) ? open(lane) : null;
            if (next != null) {
                next.connect();
                PeerLink former = opening.put(lane, next);
                if (former != null) {
                    former.close();
                }
            }
        }
    }

    /**
     * Takes renewed connections into use, and ends those that were left at an earlier call: whoever had found one of them must
     * have begun his call by now.
     */
    void settle() {
        for (PeerLink link = retired.poll(); link != null; link = retired.poll()) {
            link.finish();
        }
        opening.forEach((lane, next) -> {
            if (next.isConnected() && opening.remove(lane, next)) {
                PeerLink former = links.put(lane, next);
                if (former != null) {
                    retired.add(former);
                }
            }
        });
    }

    @Override
    public void close() {
        links.values().forEach(PeerLink::close);
        opening.values().forEach(PeerLink::close);
        retired.forEach(PeerLink::close);
    }
}
