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

/** A connection to each other member's Raft port, made when it is needed first, and anew when it is silent. */
final class PeerChannels implements PeerCalls, AutoCloseable {

    private final UUID group;
    private final Function<String, @Nullable String> addresses;
    private final Executor executor;
    private final Consumer<String> whenSilent;
    private final Map<String, PeerLink> links = new ConcurrentHashMap<>();

    /**
     * No connections yet.
     *
     * @param group the Raft group
     * @param addresses gives the Raft address of a member; null if it is none
     * @param executor runs what follows an answer
     * @param whenSilent is told of a member whose connection was given up, as others to it will lead nowhere either; must
     *     not block
     */
    PeerChannels(
            UUID group, Function<String, @Nullable String> addresses, Executor executor, Consumer<String> whenSilent) {
        this.group = group;
        this.addresses = addresses;
        this.executor = executor;
        this.whenSilent = whenSilent;
    }

    @Override
    public CompletableFuture<byte[]> call(String peer, PeerMethod method, byte[] request, Duration timeout) {
        PeerLink present = links.get(peer);
        PeerLink link = present != null ? present : links.computeIfAbsent(peer, this::open);
        if (link == null) {
            return CompletableFuture.failedFuture(new PeerException("no member has the id " + peer, true, null));
        }
        return link.call(method, request, timeout, () -> replace(peer, link));
    }

    private @Nullable PeerLink open(String peer) {
        String address = addresses.apply(peer);
        return address == null ? null : new PeerLink(group, peer, address, executor);
    }

    private void replace(String peer, PeerLink silent) {
        if (links.remove(peer, silent)) {
            silent.close();
            whenSilent.accept(peer);
        }
    }

    @Override
    public void close() {
        links.values().forEach(PeerLink::close);
    }
}
