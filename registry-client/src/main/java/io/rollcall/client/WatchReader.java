package io.rollcall.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rollcall.api.http.Json;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.client.watch.WatchEvent;
import io.rollcall.client.watch.WatchFigures;
import io.rollcall.client.watch.WatchListener;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Hands the events of one stream after the other to the listener of a watch, and knows where the next stream has to go
 * on. Confined to the thread of the watch but for the figures.
 */
final class WatchReader {

    private static final int MAX_ID_DIGITS = 18;

    /** An event is missing. */
    static final class GapException extends IOException {
        private static final long serialVersionUID = 1L;

        GapException(String detail) {
            super(detail);
        }
    }

    private final WatchListener listener;
    private final Acknowledgements acknowledgements;
    private final Continuity continuity = new Continuity();
    private final AtomicLong streams = new AtomicLong();
    private final AtomicLong resumed = new AtomicLong();
    private final AtomicLong events = new AtomicLong();
    private final AtomicLong snapshots = new AtomicLong();
    private final AtomicLong gaps = new AtomicLong();

    private @Nullable URI server;
    private @Nullable Long lastEventId;
    private long frames;

    WatchReader(WatchListener listener, Acknowledgements acknowledgements) {
        this.listener = listener;
        this.acknowledgements = acknowledgements;
    }

    /** The id behind which the next stream goes on; null if it begins anew. */
    @Nullable
    Long lastEventId() {
        return lastEventId;
    }

    /** The highest index that the listener was told. */
    long highest() {
        return continuity.highest();
    }

    /** How many events came, also such as the listener was not given. */
    long frames() {
        return frames;
    }

    /**
     * What comes now is of a new stream, which was asked for as {@link #lastEventId} says.
     *
     * @param subscription what to acknowledge by; null if an event will say it
     */
    void begin(URI newServer, @Nullable String subscription) {
        server = newServer;
        if (subscription != null) {
            acknowledgements.begin(newServer, subscription);
        }
        streams.incrementAndGet();
        if (lastEventId == null) {
            continuity.restarted();
        } else {
            resumed.incrementAndGet();
            continuity.resumed();
        }
    }

    /** The next stream begins anew. */
    void restart() {
        gaps.incrementAndGet();
        lastEventId = null;
    }

    /** The next stream begins anew, and at whatever index. */
    void forget() {
        lastEventId = null;
        continuity.forgetHighest();
    }

    void take(EventStreamParser.Event event) throws IOException {
        frames++;
        WatchFrames.Frame frame = WatchFrames.read(event);
        if (frame.subscription() != null && server != null) {
            acknowledgements.begin(server, frame.subscription());
        }
        if (frame.event() != null) {
            take(frame.event());
        }
        long id = number(event.id());
        if (id > 0) {
            lastEventId = id;
            // From the first id on all was told that there is.
            for (ServiceKey gone : continuity.takeUnheard()) {
                take(empty(gone, id));
            }
            acknowledgements.acknowledge(id);
        }
    }

    private void take(WatchEvent event) throws GapException {
        Continuity.Step step = continuity.next(event);
        if (step instanceof Continuity.Gap gap) {
            throw new GapException(gap.detail());
        }
        if (step instanceof Continuity.Tell tell) {
            listener.onEvent(tell.event());
            events.incrementAndGet();
            if (tell.event() instanceof WatchEvent.Snapshot) {
                snapshots.incrementAndGet();
            }
        }
    }

    private static WatchEvent.Snapshot empty(ServiceKey service, long index) {
        ObjectNode json = Json.mapper().createObjectNode();
        json.put("service", service.name().value());
        json.put("namespace", service.namespace().value());
        json.put("index", index);
        json.putArray("instances");
        return new WatchEvent.Snapshot(service, index, List.of(), json);
    }

    /** 0 for what is no index. */
    private static long number(String id) {
        boolean isNumber =
                !id.isEmpty() && id.length() <= MAX_ID_DIGITS && id.chars().allMatch(c -> c >= '0' && c <= '9');
        return isNumber ? Long.parseLong(id) : 0;
    }

    WatchFigures figures() {
        return new WatchFigures(
                streams.get(), resumed.get(), events.get(), snapshots.get(), gaps.get(), acknowledgements.taken());
    }
}
