package io.rollcall.server.http;

import io.rollcall.server.app.access.Doorkeeper;
import io.rollcall.server.config.LimitSettings;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the connections: how many one address has, and whether their callers hold them for nothing. Jetty's own timeout
 * is of silence alone, and a byte now and then is no silence. So a head has to come in its time, and an answer has to be read
 * at some pace. (The body of a request has a time of its own, and a watch its own rule.)
 */
final class ConnectionGuard implements Connection.Listener {

    /** Marks a connection whose answer is a stream. */
    static final String STREAM = "io.rollcall.stream";

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionGuard.class);

    /** A caller may pause: the pace is measured over so long at least. */
    static final long PACE_NANOS = 10_000_000_000L;

    /**
     * What the system takes of an answer before its caller does. It is told of in lumps, so that so much may have been read that
     * nobody knows of; by itself it would grow to megabytes, for each caller who does not read.
     */
    static final int SEND_BUFFER_BYTES = 64 * 1024;

    // Linux doubles what it is asked for.
    private static final int UNSEEN_BYTES = 2 * SEND_BUFFER_BYTES;

    private static final double NANOS_PER_SECOND = 1e9;

    private final Doorkeeper doorkeeper;
    private final long headerNanos;
    private final long minBytesPerSecond;
    private final long paceNanos;
    private final Map<Connection, Watched> watched = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> perAddress = new ConcurrentHashMap<>();

    /**
     * A guard that closes nothing before {@link #sweep}.
     *
     * @param doorkeeper knows how many connections one address may have
     * @param settings how long callers may take
     * @param paceNanos over how long the pace of a reader is measured
     */
    ConnectionGuard(Doorkeeper doorkeeper, LimitSettings settings, long paceNanos) {
        this.doorkeeper = doorkeeper;
        this.headerNanos = settings.headerTimeout().toNanos();
        this.minBytesPerSecond = settings.minAnswerBytesPerSecond();
        this.paceNanos = paceNanos;
    }

    /** One connection; only the thread that sweeps changes what is not final. */
    private static final class Watched {
        private final HttpConnection connection;
        private final String address;
        private long messages = -1;
        private long headSince;
        private long writeSince;
        private long bytesOut;

        Watched(HttpConnection connection, String address, long now) {
            this.connection = connection;
            this.address = address;
            // It has as long for its first request as for a head, so that a handshake counts, too.
            this.headSince = now;
        }
    }

    /** How many connections are open. */
    int connections() {
        return watched.size();
    }

    @Override
    public void onOpened(Connection connection) {
        if (!(connection instanceof HttpConnection http)) {
            return;
        }
        String address = address(http.getEndPoint());
        int open = perAddress
                .compute(address, (key, count) -> {
                    AtomicInteger counted = count == null ? new AtomicInteger() : count;
                    counted.incrementAndGet();
                    return counted;
                })
                .get();
        watched.put(connection, new Watched(http, address, System.nanoTime()));
        if (open > doorkeeper.maxConnections(address)) {
            LOG.atDebug().addKeyValue("address", address).log("an address has too many connections");
            http.getEndPoint().close();
        }
    }

    @Override
    public void onClosed(Connection connection) {
        Watched closed = watched.remove(connection);
        if (closed != null) {
            perAddress.computeIfPresent(closed.address, (key, count) -> count.decrementAndGet() == 0 ? null : count);
        }
    }

    private static String address(EndPoint endPoint) {
        return endPoint.getRemoteSocketAddress() instanceof InetSocketAddress remote && remote.getAddress() != null
                ? remote.getAddress().getHostAddress()
                : "unknown";
    }

    /** How many connections an address has. */
    int connections(String address) {
        AtomicInteger count = perAddress.get(address);
        return count == null ? 0 : count.get();
    }

    /** To be called every second or so: closes what is held for nothing. */
    void sweep() {
        long now = System.nanoTime();
        watched.values().forEach(connection -> {
            String why = reasonToClose(connection, now);
            if (why != null) {
                LOG.atDebug().addKeyValue("address", connection.address).log("a connection is cut off: {}", why);
                connection.connection.getEndPoint().close();
            }
        });
    }

    private @Nullable String reasonToClose(Watched it, long now) {
        if (isHeadLate(it, now)) {
            return "the head of a request did not come in time";
        }
        if (isReadTooSlowly(it, now)) {
            return "an answer is read too slowly";
        }
        return null;
    }

    private boolean isHeadLate(Watched it, long now) {
        HttpConnection connection = it.connection;
        long messages = connection.getMessagesIn();
        boolean inHead = connection.getParser().inHeaderState()
                && !connection.getParser().isStart();
        boolean waitsForFirst = messages == 0;
        if (!inHead && !waitsForFirst) {
            it.messages = -1;
            return false;
        }
        if (it.messages != messages) {
            // Of the first request the time runs since the connection came.
            it.messages = messages;
            it.headSince = waitsForFirst ? it.headSince : now;
        }
        return now - it.headSince > headerNanos;
    }

    private boolean isReadTooSlowly(Watched it, long now) {
        boolean isWriting = it.connection.getEndPoint() instanceof AbstractEndPoint endPoint
                && endPoint.getWriteFlusher().isPending()
                && it.connection.getAttribute(STREAM) == null;
        long bytes = it.connection.getBytesOut();
        if (!isWriting || it.writeSince == 0) {
            it.writeSince = isWriting ? now : 0;
            it.bytesOut = bytes;
            return false;
        }
        long took = now - it.writeSince;
        if (took < paceNanos) {
            return false;
        }
        long seen = bytes - it.bytesOut;
        if (perSecond(seen, took) >= minBytesPerSecond) {
            it.writeSince = now;
            it.bytesOut = bytes;
            return false;
        }
        return perSecond(seen + UNSEEN_BYTES, took) < minBytesPerSecond;
    }

    private static double perSecond(long bytes, long nanos) {
        return bytes * NANOS_PER_SECOND / nanos;
    }
}
