package io.rollcall.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rollcall.api.http.Json;
import io.rollcall.api.model.InstanceId;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.api.wire.InstanceReader;
import io.rollcall.client.watch.WatchEvent;
import io.rollcall.client.watch.WatchListener;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A watch of services. */
final class ServiceSubject implements WatchSubject {

    private final WatchListener listener;
    private final Continuity continuity = new Continuity();

    ServiceSubject(WatchListener listener) {
        this.listener = listener;
    }

    @Override
    public void resumed() {
        continuity.resumed();
    }

    @Override
    public void restarted() {
        continuity.restarted();
    }

    @Override
    public void take(String name, JsonNode data, ToldEvents told) throws GapException {
        WatchEvent event = event(name, data);
        if (event != null) {
            take(event, told);
        }
    }

    private static @Nullable WatchEvent event(String name, JsonNode json) {
        return switch (name) {
            case "snapshot" ->
                new WatchEvent.Snapshot(
                        service(json),
                        EventFields.index(json, "index"),
                        EventFields.list(json, "instances", InstanceReader::read),
                        json);
            case "change" ->
                new WatchEvent.Change(
                        service(json),
                        EventFields.index(json, "from"),
                        EventFields.index(json, "to"),
                        EventFields.list(json, "upserted", InstanceReader::read),
                        EventFields.list(json, "removed", id -> new InstanceId(id.asText())),
                        json);
            case "sync" -> new WatchEvent.Sync(EventFields.index(json, "index"), json);
            // Of a newer registry.
            default -> null;
        };
    }

    private static ServiceKey service(JsonNode json) {
        return ServiceKey.of(
                json.path("namespace").asText("default"), json.path("service").asText());
    }

    private void take(WatchEvent event, ToldEvents told) throws GapException {
        Continuity.Step step = continuity.next(event);
        if (step instanceof Continuity.Gap gap) {
            throw new GapException(gap.detail());
        }
        if (step instanceof Continuity.Tell tell) {
            listener.onEvent(tell.event());
            told.add(tell.event() instanceof WatchEvent.Snapshot);
        }
    }

    @Override
    public void knownUpTo(long index, ToldEvents told) throws GapException {
        for (ServiceKey gone : continuity.takeUnheard()) {
            take(empty(gone, index), told);
        }
        listener.onKnownUpTo(index);
    }

    private static WatchEvent.Snapshot empty(ServiceKey service, long index) {
        ObjectNode json = Json.mapper().createObjectNode();
        json.put("service", service.name().value());
        json.put("namespace", service.namespace().value());
        json.put("index", index);
        json.putArray("instances");
        return new WatchEvent.Snapshot(service, index, List.of(), json);
    }

    /** What belongs together may be broken off: {@link Continuity} makes up for that. */
    @Override
    public boolean isWhole() {
        return true;
    }

    @Override
    public long highest() {
        return continuity.highest();
    }

    @Override
    public void forgetHighest() {
        continuity.forgetHighest();
    }
}
