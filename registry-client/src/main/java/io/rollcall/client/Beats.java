package io.rollcall.client;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rollcall.api.http.Paths;
import io.rollcall.api.model.Namespace;
import io.rollcall.client.answer.Renewal;
import io.rollcall.client.answer.RenewalTally;
import java.io.IOException;
import java.util.List;

/** The requests of heartbeats. Repeating one does no harm, so that they go from node to node as reads do. */
final class Beats {

    private Beats() {}

    static Call<Renewal> one(Heartbeat heartbeat) {
        QueryParameters parameters =
                Writes.inNamespace(heartbeat.instance().service().namespace());
        if (heartbeat.incarnation() > 0) {
            parameters.add("incarnation", Long.toString(heartbeat.incarnation()));
        }
        String target = Writes.path(Paths.INSTANCE_HEARTBEAT, heartbeat.instance()) + parameters;
        return Call.repeatable(Route.HEARTBEAT, target, null, Renewal::read);
    }

    static Call<RenewalTally> many(List<Heartbeat> heartbeats) {
        List<Namespace> namespaces = heartbeats.stream()
                .map(heartbeat -> heartbeat.instance().service().namespace())
                .distinct()
                .toList();
        if (namespaces.size() != 1) {
            throw new IllegalArgumentException(
                    "a batch holds heartbeats of one namespace, this one of " + namespaces.size());
        }
        if (heartbeats.size() > Heartbeat.MAX_BATCH) {
            throw new IllegalArgumentException(
                    "a batch holds at most " + Heartbeat.MAX_BATCH + " heartbeats, this one " + heartbeats.size());
        }
        String target = Paths.HEARTBEATS + Writes.inNamespace(namespaces.get(0));
        return Call.repeatable(
                Route.HEARTBEATS, target, Writes.write(json -> write(json, heartbeats)), RenewalTally::read);
    }

    private static void write(JsonGenerator json, List<Heartbeat> heartbeats) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("instances");
        for (Heartbeat heartbeat : heartbeats) {
            json.writeStartObject();
            json.writeStringField("name", heartbeat.instance().service().name().value());
            json.writeStringField("id", heartbeat.instance().id().value());
            if (heartbeat.incarnation() > 0) {
                json.writeNumberField("incarnation", heartbeat.incarnation());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
