package io.rollcall.client;

import java.net.URI;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** All servers, and the one that is used while it answers. Shared by all calls of a client. */
final class ServerList {

    private final List<URI> servers;
    private final AtomicInteger preferred;

    ServerList(List<URI> servers, int start) {
        this.servers = servers;
        this.preferred = new AtomicInteger(start);
    }

    /** A list that begins anywhere, so that many clients with the same list do not all sit on its first node. */
    static ServerList shuffled(List<URI> servers) {
        return new ServerList(servers, ThreadLocalRandom.current().nextInt(servers.size()));
    }

    int size() {
        return servers.size();
    }

    URI get(int position) {
        return servers.get(position);
    }

    int preferred() {
        return preferred.get();
    }

    /** Moves on, unless another call has done so: calls that fail together must not skip a server. */
    void leave(int position) {
        preferred.compareAndSet(position, (position + 1) % servers.size());
    }

    void stick(int position) {
        preferred.set(position);
    }
}
