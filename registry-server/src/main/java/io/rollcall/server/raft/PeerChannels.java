package io.rollcall.server.raft;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Two connections to each other member's Raft port, one for what is urgent and one for all else, made when they are needed
 * first, and anew when they are silent.
 */
final class PeerChannels implements PeerCalls, AutoCloseable {

    private final UUID group;
    private final Function<String, @Nullable String> addresses;
    private final Executor executor;
    private final Executor urgentExecutor;
    private final Consumer<String> whenSilent;
    private final Map<Lane, PeerLink> links = new ConcurrentHashMap<>();

    private record Lane(String peer, boolean urgent) {}

    /**
     * No connections yet.
     *
     * @param group the Raft group
     * @param addresses gives the Raft address of a member; null if it is none
     * @param executor runs what follows an answer
     * @param urgentExecutor runs what follows an urgent one
     * @param whenSilent is told of a member whose connection was given up, as others to it will lead nowhere either; must
     *     not block
     */
    PeerChannels(
            UUID group,
            Function<String, @Nullable String> addresses,
            Executor executor,
            Executor urgentExecutor,
            Consumer<String> whenSilent) {
        this.group = group;
        this.addresses = addresses;
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
                : new PeerLink(group, lane.peer, address, lane.urgent ? urgentExecutor : executor);
    }

    private void replace(Lane lane, PeerLink silent) {
        if (links.remove(lane, silent)) {
            silent.close();
            whenSilent.accept(lane.peer);
        }
    }

    @Override
    public void close() {
        links.values().forEach(PeerLink::close);
    }
}
