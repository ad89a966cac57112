package io.rollcall.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.api.http.Json;
import io.rollcall.api.model.InvalidRequestException;
import io.rollcall.client.watch.WatchFigures;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Hands the events of one stream after the other to the listener of a watch, and knows where the next stream has to go
 * on. Confined to the thread of the watch but for the figures.
 */
final class WatchReader {

    private static final int MAX_ID_DIGITS = 18;

    private final WatchSubject subject;
    private final Acknowledgements acknowledgements;
    private final Deliveries deliveries;
    private final ToldEvents told = new ToldEvents();
    private final AtomicLong streams = new AtomicLong();
    private final AtomicLong resumed = new AtomicLong();
    private final AtomicLong gaps = new AtomicLong();

    private @Nullable URI server;
    private @Nullable Long lastEventId;
    private long frames;

    WatchReader(WatchSubject subject, Acknowledgements acknowledgements, Deliveries deliveries) {
        this.subject = subject;
        this.acknowledgements = acknowledgements;
        this.deliveries = deliveries;
    }

    /** The id behind which the next stream goes on; null if it begins anew. */
    @Nullable
    Long lastEventId() {
        return lastEventId;
    }

    /** The highest index that the listener was told. */
    long highest() {
        return subject.highest();
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
            subject.restarted();
        } else {
            resumed.incrementAndGet();
            subject.resumed();
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
        subject.forgetHighest();
    }

    void take(EventStreamParser.Event event) throws IOException {
        frames++;
        try {
            JsonNode data = Json.mapper().readTree(event.data());
            String subscription = data.path("subscription").textValue();
            if (subscription != null && server != null) {
                acknowledgements.begin(server, subscription);
            }
            deliveries.take(data, () -> subject.take(event.name(), data, told));
        } catch (InvalidRequestException e) {
            throw new IOException(
                    "a " + event.name() + " event cannot be read (" + e.getMessage()
                            + "): is the server newer than this client?",
                    e);
        }
        long id = number(event.id());
        if (!subject.isWhole()) {
            // What was told of so far is no state that another stream could go on from.
            lastEventId = null;
        } else if (id > 0) {
            lastEventId = id;
            // From the first id on all was told that there is.
            subject.knownUpTo(id, told);
            acknowledgements.acknowledge(id);
        }
    }

    /** 0 for what is no index. */
    private static long number(String id) {
        boolean isNumber =
                !id.isEmpty() && id.length() <= MAX_ID_DIGITS && id.chars().allMatch(c -> c >= '0' && c <= '9');
        return isNumber ? Long.parseLong(id) : 0;
    }

    WatchFigures figures() {
        return new WatchFigures(
                streams.get(), resumed.get(), told.events(), told.snapshots(), gaps.get(), acknowledgements.taken());
    }
}
