package io.rollcall.server.app;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rollcall.api.model.Instance;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.api.wire.InstanceJson;
import io.rollcall.server.view.CatalogView;
import io.rollcall.statemachine.history.EventPage;
import io.rollcall.statemachine.history.EventQuery;
import io.rollcall.statemachine.history.Past;
import io.rollcall.statemachine.history.PastEvent;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What happened to the instances of a service. The bodies of the answers are equal on every node. Thread-safe. */
public final class ServiceHistory {

    private static final int TRACE_START = 3;
    private static final int TRACE_END = 35;

    private final PastDesk desk;
    private final CatalogView view;

    /**
     * The histories of a node.
     *
     * @param desk where they are read
     * @param view the present
     */
    public ServiceHistory(PastDesk desk, CatalogView view) {
        this.desk = desk;
        this.view = view;
    }

    /**
     * Returns changes, newest first.
     *
     * @param service which; one that nobody registered at has none
     * @param query which changes
     * @return a page of them; its index is that of the service's last change
     */
    public CompletableFuture<Answer> read(ServiceKey service, HistoryQuery query) {
        return desk.ask("until", past -> answer(past, service, query));
    }

    private Answer answer(Past past, ServiceKey service, HistoryQuery query) {
        EventPage page = past.events(new EventQuery(
                service, afterIndex(past, query), untilIndex(past, query), query.instance(), query.limit()));
        long index = Math.max(1, past.lastIndex(service));
        byte[] body = JsonBytes.write(json -> write(json, service, index, past, page));
        // What was forgotten changes an answer without a change of its index, so the tag tells the bytes apart.
        return new Answer(
                body, index, JsonBytes.tag(index, body), view.current().appliedIndex());
    }

    private static long afterIndex(Past past, HistoryQuery query) {
        Instant since = query.since();
        return since == null || since.toEpochMilli() <= past.fromMillis()
                ? past.fromIndex()
                : past.indexAt(ceilMillis(since) - 1);
    }

    /** The first whole millisecond that is not before an instant: events have no finer time. */
    private static long ceilMillis(Instant instant) {
        long millis = instant.toEpochMilli();
        return Instant.ofEpochMilli(millis).equals(instant) ? millis : millis + 1;
    }

    private static long untilIndex(Past past, HistoryQuery query) {
        Instant until = query.until();
        if (until == null) {
            return Math.min(past.appliedIndex(), query.beforeIndex());
        }
        long last = until.toEpochMilli() < past.fromMillis() ? past.fromIndex() : past.indexAt(until.toEpochMilli());
        return Math.min(last, query.beforeIndex());
    }

    private static void write(JsonGenerator json, ServiceKey service, long index, Past past, EventPage page)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("namespace", service.namespace().value());
        json.writeStringField("name", service.name().value());
        json.writeNumberField("index", index);
        json.writeStringField(
                "knownSince",
                past.fromIndex() == 0
                        ? null
                        : Instant.ofEpochMilli(past.fromMillis()).toString());
        json.writeArrayFieldStart("events");
        for (PastEvent event : page.events()) {
            write(json, event);
        }
        json.writeEndArray();
        if (page.nextUntil() > 0) {
            json.writeStringField("cursor", HistoryQuery.cursor(page.nextUntil()));
        }
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, PastEvent event) throws IOException {
        json.writeStartObject();
        json.writeStringField("instance", event.key().id().value());
        json.writeNumberField("index", event.index());
        json.writeStringField("time", Instant.ofEpochMilli(event.timeMillis()).toString());
        json.writeStringField("operation", event.operation().wireName());
        json.writeStringField("actor", event.actor());
        json.writeStringField("traceId", traceId(event.traceParent()));
        write(json, "before", event.before());
        write(json, "after", event.after());
        json.writeEndObject();
    }

    private static @Nullable String traceId(@Nullable String traceParent) {
        return traceParent == null ? null : traceParent.substring(TRACE_START, TRACE_END);
    }

    private static void write(JsonGenerator json, String field, @Nullable Instance instance) throws IOException {
        json.writeFieldName(field);
        if (instance == null) {
            json.writeNull();
        } else {
            InstanceJson.write(json, instance, null);
        }
    }
}
