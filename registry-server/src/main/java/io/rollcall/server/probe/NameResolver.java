package io.rollcall.server.probe;

import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The way from a host name to its addresses. */
public interface NameResolver {

    /**
     * Resolves; never blocks.
     *
     * @param host a name, no IP literal
     * @return all its addresses, at least one; fails if there is none. It may take longer than any timeout, and callers
     *     must not complete it themselves, since others may wait for it too
     */
    CompletableFuture<List<InetAddress>> resolve(String host);
}
