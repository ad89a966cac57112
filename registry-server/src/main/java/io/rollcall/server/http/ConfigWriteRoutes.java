package io.rollcall.server.http;

import io.javalin.http.Context;
import io.rollcall.api.http.Headers;
import io.rollcall.api.http.Paths;
import io.rollcall.api.model.ConfigEntry;
import io.rollcall.api.model.ConfigKey;
import io.rollcall.api.model.ConfigValue;
import io.rollcall.api.model.ContentType;
import io.rollcall.api.model.Namespace;
import io.rollcall.api.wire.ConfigJson;
import io.rollcall.server.app.ConfigOutcome;
import io.rollcall.server.app.ConfigOutcome.DryRun;
import io.rollcall.server.app.ConfigOutcome.Rejected;
import io.rollcall.server.app.ConfigOutcome.Stored;
import io.rollcall.server.app.Configuration;
import io.rollcall.server.app.JsonBytes;
import io.rollcall.server.app.WriteCondition;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** The routes that write configuration. No thread waits, neither for a body nor for the cluster. */
final class ConfigWriteRoutes {

    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int NO_CONTENT = 204;

    private final Configuration configuration;
    private final Exchange exchange;
    private final Duration bodyTimeout;

    ConfigWriteRoutes(Configuration configuration, Exchange exchange, Duration bodyTimeout) {
        this.configuration = configuration;
        this.exchange = exchange;
        this.bodyTimeout = bodyTimeout;
    }

    List<Route> routes() {
        return List.of(
                new Route("PUT", Paths.CONFIG_KEY, Needs.CONFIG_WRITE, this::put),
                new Route("DELETE", Paths.CONFIG_KEY, Needs.CONFIG_WRITE, this::delete),
                new Route("POST", Paths.CONFIG_KEY, Needs.CONFIG_WRITE, this::rollback));
    }

    private void put(Context ctx) {
        WriteRequest request = WriteRequest.of(ctx, Set.of("secret"));
        boolean secret = request.parameters().flag("secret");
        WriteCondition condition = WriteRoutes.condition(ctx, request);
        ContentType contentType = request.violations().collect(() -> contentType(ctx));
        ConfigKey key = key(ctx, request);
        if (contentType == null) {
            throw new IllegalStateException("a content type without a value and without a violation");
        }
        written(
                ctx,
                () -> BodyReader.read(ctx.req(), RequestLimits.CONFIG_BODY_BYTES, bodyTimeout)
                        .thenCompose(body -> configuration.put(
                                key, contentType, secret, ConfigValue.of(body), condition, request.context())));
    }

    private static ContentType contentType(Context ctx) {
        String header = ctx.req().getHeader("Content-Type");
        return header == null ? ContentType.DEFAULT : new ContentType(header.strip());
    }

    private void delete(Context ctx) {
        WriteRequest request = WriteRequest.of(ctx, Set.of());
        WriteCondition condition = WriteRoutes.condition(ctx, request);
        ConfigKey key = key(ctx, request);
        written(ctx, () -> configuration.delete(key, condition, request.context()));
    }

    private void rollback(Context ctx) {
        WriteRequest request = WriteRequest.of(ctx, Set.of("rollback"));
        WriteCondition condition = WriteRoutes.condition(ctx, request);
        Long version = request.parameters().wholeNumber("rollback", 1);
        if (request.parameters().text("rollback") == null) {
            request.violations().add("rollback", "is needed: the version whose value the key gets again");
        }
        ConfigKey key = key(ctx, request);
        if (version == null) {
            throw new IllegalStateException("a version without a value and without a violation");
        }
        written(ctx, () -> configuration.rollback(key, version, condition, request.context()));
    }

    /** Reads the key, and ends the check of the request. */
    private static ConfigKey key(Context ctx, WriteRequest request) {
        ConfigKey key = PathParameters.key(ctx, request.namespace(), request.violations());
        request.violations().throwIfAny();
        if (key == null) {
            throw new IllegalStateException("a key without a value and without a violation");
        }
        return key;
    }

    private void written(Context ctx, Supplier<CompletableFuture<ConfigOutcome>> write) {
        exchange.whenDone(ctx, write, outcome -> outcome.match(new Answers(ctx, exchange)));
    }

    /** The status that a write's answer has. */
    private static int status(Stored outcome) {
        if (outcome.entry().deleted()) {
            return NO_CONTENT;
        }
        return outcome.created() ? CREATED : OK;
    }

    private record Answers(Context ctx, Exchange exchange) implements ConfigOutcome.Cases<byte[]> {

        @Override
        public byte[] stored(Stored outcome) {
            ConfigEntry entry = outcome.entry();
            ctx.res().setHeader(Headers.CONFIG_VERSION, Long.toString(entry.version()));
            if (entry.deleted()) {
                return exchange.written(ctx, NO_CONTENT, outcome.index(), new byte[0]);
            }
            ctx.res().setHeader("ETag", "\"" + entry.modifyIndex() + "\"");
            if (outcome.created()) {
                ctx.res().setHeader("Location", location(entry.key()));
            }
            byte[] body = JsonBytes.write(json -> ConfigJson.write(json, entry));
            return exchange.written(ctx, status(outcome), outcome.index(), body);
        }

        private static String location(ConfigKey key) {
            // Keys hold nothing that a path would have to escape.
            String path = Paths.CONFIG + "/" + key.path();
            Namespace namespace = key.namespace();
            return namespace.equals(Namespace.DEFAULT) ? path : path + "?namespace=" + namespace;
        }

        @Override
        public byte[] rejected(Rejected outcome) {
            return exchange.problem(ctx, outcome.problem());
        }

        @Override
        public byte[] dryRun(DryRun outcome) {
            ConfigEntry after = outcome.would().entry();
            return exchange.json(ctx, OK, JsonBytes.write(json -> {
                json.writeStartObject();
                json.writeBooleanField("dryRun", true);
                json.writeBooleanField("wouldChange", true);
                json.writeNumberField("status", status(outcome.would()));
                json.writeFieldName("config");
                if (after.deleted()) {
                    json.writeNull();
                } else {
                    ConfigJson.write(json, after);
                }
                json.writeFieldName("before");
                if (outcome.before() == null) {
                    json.writeNull();
                } else {
                    ConfigJson.write(json, outcome.before());
                }
                json.writeEndObject();
            }));
        }
    }
}
