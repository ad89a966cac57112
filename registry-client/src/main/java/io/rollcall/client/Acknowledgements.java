package io.rollcall.client;

import io.rollcall.api.http.Paths;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the node that streams to a watch how far the watcher is. One request is under way at a time, and the next says
 * the newest index: so however fast events come, they cost no more than the node can answer. Thread-safe; nothing waits.
 */
final class Acknowledgements {

    /** Looked up when something fails: setting up the logging takes a good part of a short command's time. */
    private static final class Log {
        static final Logger LOG = LoggerFactory.getLogger(Acknowledgements.class);
    }

    /** One stream, as its node knows it. */
    private record To(URI server, String subscription) {}

    private final Exchange exchange;
    private final AtomicLong taken = new AtomicLong();

    // Guarded by this.
    private @Nullable To to;
    private long wanted;
    private long sent;
    private boolean underWay;

    Acknowledgements(Exchange exchange) {
        this.exchange = exchange;
    }

    /** What is acknowledged from now on is acknowledged to this stream. */
    synchronized void begin(URI server, String subscription) {
        To stream = new To(server, subscription);
        if (!stream.equals(to)) {
            to = stream;
            sent = 0;
        }
    }

    /** There is no stream any more. */
    synchronized void end() {
        to = null;
        wanted = 0;
    }

    /** All up to this index is known. */
    synchronized void acknowledge(long index) {
        wanted = Math.max(wanted, index);
        sendNext();
    }

    /** How many were taken so far. */
    long taken() {
        return taken.get();
    }

    private synchronized void sendNext() {
        To stream = to;
        if (stream == null || underWay || wanted <= sent) {
            return;
        }
        underWay = true;
        sent = wanted;
        String target = Paths.WATCH_SUBSCRIPTION.replace("{subscription}", stream.subscription());
        Call<Boolean> call = Call.repeatable(Route.ACKNOWLEDGE, target, "{\"index\":" + wanted + "}", json -> true);
        var unused = exchange.send(stream.server(), call).handle((attempt, failure) -> ended(stream, attempt));
    }

    private synchronized boolean ended(To stream, @Nullable Attempt attempt) {
        underWay = false;
        int status = attempt instanceof Attempt.Answered answered ? answered.status() : 0;
        if (status / 100 == 2) {
            taken.incrementAndGet();
        } else {
            // Not again: the next event or sync acknowledges more.
            Log.LOG
                    .atDebug()
                    .addKeyValue("server", stream.server())
                    .addKeyValue("status", status)
                    .addKeyValue("detail", status == 0 ? attempt : "")
                    .log("an acknowledgement was not taken");
        }
        boolean isGone = status == HttpURLConnection.HTTP_NOT_FOUND;
        if (isGone && stream.equals(to)) {
            to = null;
        }
        sendNext();
        return status / 100 == 2;
    }
}
