package io.rollcall.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.rollcall.api.http.Paths;
import io.rollcall.api.model.Violations;
import io.rollcall.api.wire.StrictFields;
import io.rollcall.server.app.JsonBytes;
import io.rollcall.server.app.LogLevels;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The routes about what this node logs of. */
final class LogLevelRoutes {

    private static final int OK = 200;
    private static final int BODY_MAX = 4 * 1024;
    private static final Duration LASTING_MAX = Duration.ofHours(24);
    private static final Pattern LOGGER = Pattern.compile("[A-Za-z0-9_$]+(\\.[A-Za-z0-9_$]+)*");

    private final LogLevels levels;
    private final Exchange exchange;
    private final Duration bodyTimeout;

    LogLevelRoutes(LogLevels levels, Exchange exchange, Duration bodyTimeout) {
        this.levels = levels;
        this.exchange = exchange;
        this.bodyTimeout = bodyTimeout;
    }

    List<Route> routes() {
        return List.of(
                new Route("GET", Paths.LOG_LEVEL, Needs.OPERATOR_READ, this::look),
                new Route("PUT", Paths.LOG_LEVEL, Needs.OPERATOR_WRITE, this::set));
    }

    private void look(Context ctx) {
        requireNoParameters(ctx);
        exchange.send(ctx, exchange.json(ctx, OK, shown()));
    }

    private void set(Context ctx) {
        requireNoParameters(ctx);
        JsonBody.requireJson(ctx.req().getContentType());
        exchange.whenDone(
                ctx,
                () -> BodyReader.read(ctx.req(), BODY_MAX, bodyTimeout).thenApply(body -> {
                    apply(JsonBody.parse(body));
                    return shown();
                }),
                shown -> exchange.json(ctx, OK, shown));
    }

    private static void requireNoParameters(Context ctx) {
        Violations violations = new Violations();
        QueryParameters.parse(ctx.req().getQueryString(), Set.of(), violations);
        violations.throwIfAny();
    }

    private void apply(JsonNode body) {
        Violations violations = new Violations();
        if (!body.isObject()) {
            violations.add("body", "must be a JSON object");
            violations.throwIfAny();
        }
        StrictFields fields = new StrictFields(body, "", violations);
        fields.refuseUnknown(Set.of("logger", "level", "for"), Set.of());
        String logger = fields.textOr("logger", "");
        if (logger.length() > LogLevels.LOGGER_MAX || !LOGGER.matcher(logger).matches()) {
            violations.add("logger", "must be the name of a logger, such as io.rollcall.server.raft, or ROOT");
        }
        String level = fields.text("level");
        if (level == null ? !body.path("level").isNull() : !LogLevels.LEVELS.contains(level)) {
            violations.add(
                    "level",
                    "must be one of " + String.join(", ", LogLevels.LEVELS)
                            + ", or null, which takes back what was set");
        }
        Duration lasting = fields.durationOr("for", Duration.ZERO);
        if (lasting.compareTo(LASTING_MAX) > 0) {
            violations.add("for", "must be 24h at most");
        }
        violations.throwIfAny();
        levels.set(logger, level, lasting);
    }

    private byte[] shown() {
        return JsonBytes.write(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("levels");
            for (LogLevels.Set set : levels.levels()) {
                json.writeStartObject();
                json.writeStringField("logger", set.logger());
                json.writeStringField("level", set.level());
                if (set.leftMillis() != null) {
                    json.writeNumberField("leftMillis", set.leftMillis());
                }
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }
}
