package io.rollcall.client;

import io.rollcall.client.watch.StreamListener;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The watches of a client, which end with it. Thread-safe. */
final class Watches {

    private final ClientSettings settings;
    private final Exchange exchange;
    private final Deliveries deliveries;
    private final ClientThreads threads;
    private final Set<Watch> running = ConcurrentHashMap.newKeySet();
    private volatile boolean isClosed;

    Watches(ClientSettings settings, Exchange exchange, Deliveries deliveries, ClientThreads threads) {
        this.settings = settings;
        this.exchange = exchange;
        this.deliveries = deliveries;
        this.threads = threads;
    }

    Watch start(WatchTarget target, WatchOptions options, WatchSubject subject, StreamListener listener) {
        // Its own list: many watches of one process need not all follow the same node.
        ServerList servers = ServerList.shuffled(settings.servers());
        Watch watch = new Watch(
                new WatchLoop(target, options, settings, servers, exchange, deliveries, subject, listener), threads);
        watch.start();
        running.removeIf(earlier -> !earlier.isRunning());
        running.add(watch);
        if (isClosed) {
            watch.close();
        }
        return watch;
    }

    void close() {
        isClosed = true;
        running.forEach(Watch::close);
    }
}
