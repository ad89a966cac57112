package io.rollcall.server.http;

import io.javalin.http.Context;
import io.rollcall.api.http.Paths;
import io.rollcall.api.model.Durations;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.Namespace;
import io.rollcall.api.model.Violations;
import io.rollcall.server.app.Beat;
import io.rollcall.server.app.BeatTally;
import io.rollcall.server.app.Heartbeats;
import io.rollcall.server.app.JsonBytes;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The routes of heartbeats. They are the most frequent requests by far, and no thread waits for the leader. */
final class HeartbeatRoutes {

    private static final int OK = 200;
    private static final Set<String> ONE = Set.of("namespace", "incarnation");
    private static final Set<String> MANY = Set.of("namespace");

    private final Heartbeats heartbeats;
    private final Exchange exchange;
    private final Duration bodyTimeout;

    HeartbeatRoutes(Heartbeats heartbeats, Exchange exchange, Duration bodyTimeout) {
        this.heartbeats = heartbeats;
        this.exchange = exchange;
        this.bodyTimeout = bodyTimeout;
    }

    List<Route> routes() {
        return List.of(
                new Route("PUT", Paths.INSTANCE_HEARTBEAT, Needs.SERVICE_WRITE, this::one),
                new Route("POST", Paths.HEARTBEATS, Needs.EACH_SERVICE_WRITE, this::many));
    }

    private void one(Context ctx) {
        Violations violations = new Violations();
        QueryParameters parameters = QueryParameters.parse(ctx.req().getQueryString(), ONE, violations);
        Namespace namespace = parameters.namespace();
        Long incarnation = parameters.wholeNumber("incarnation", 1);
        WriteRequest.refuseConditions(ctx, violations);
        InstanceKey key = PathParameters.instance(ctx, namespace, violations);
        exchange.whenDone(
                ctx,
                () -> heartbeats.renew(new Beat(key, incarnation), HttpGate.caller(ctx)),
                renewal -> renewal.problem() == null
                        ? exchange.json(ctx, OK, body(renewal))
                        : exchange.problem(ctx, renewal.problem()));
    }

    /** The answer to a beat that renewed its lease. */
    static byte[] body(Heartbeats.Renewal renewal) {
        return JsonBytes.write(json -> {
            json.writeStartObject();
            if (renewal.renewed() != null) {
                json.writeStringField("ttl", Durations.format(renewal.renewed().ttl()));
                json.writeStringField(
                        "nextHeartbeat", Durations.format(renewal.renewed().next()));
            }
            json.writeEndObject();
        });
    }

    private void many(Context ctx) {
        Violations violations = new Violations();
        QueryParameters parameters = QueryParameters.parse(ctx.req().getQueryString(), MANY, violations);
        Namespace namespace = parameters.namespace();
        WriteRequest.refuseConditions(ctx, violations);
        JsonBody.requireJson(ctx.req().getContentType());
        exchange.whenDone(
                ctx,
                () -> BodyReader.read(ctx.req(), RequestLimits.BATCH_BODY_BYTES, bodyTimeout)
                        .thenCompose(body -> {
                            List<Beat> beats = BeatsBody.read(body, namespace, violations);
                            violations.throwIfAny();
                            return heartbeats.renewAll(beats, HttpGate.caller(ctx));
                        }),
                tally -> tally.problem() == null
                        ? exchange.json(ctx, OK, body(tally))
                        : exchange.problem(ctx, tally.problem()));
    }

    private static byte[] body(BeatTally tally) {
        return JsonBytes.write(json -> {
            json.writeStartObject();
            json.writeNumberField("renewed", tally.renewed());
            json.writeArrayFieldStart("failed");
            for (BeatTally.Failed failed : tally.failed()) {
                json.writeStartObject();
                json.writeStringField("name", failed.key().service().name().value());
                json.writeStringField("id", failed.key().id().value());
                json.writeStringField("code", failed.code().wireName());
                json.writeStringField("action", failed.action());
                @Nullable Long incarnation = failed.incarnation();
                if (incarnation != null) {
                    json.writeNumberField("incarnation", incarnation);
                }
                json.writeEndObject();
            }
            json.writeEndArray();
            if (tally.ttl() != null && tally.next() != null) {
                json.writeStringField("ttl", Durations.format(tally.ttl()));
                json.writeStringField("nextHeartbeat", Durations.format(tally.next()));
            }
            json.writeEndObject();
        });
    }
}
