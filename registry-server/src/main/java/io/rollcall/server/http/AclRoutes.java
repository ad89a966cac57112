package io.rollcall.server.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.javalin.http.Context;
import io.rollcall.api.http.Paths;
import io.rollcall.api.model.AccessPolicy;
import io.rollcall.api.model.AccessToken;
import io.rollcall.api.model.Names;
import io.rollcall.api.model.Violations;
import io.rollcall.server.app.JsonBytes;
import io.rollcall.server.app.RefusedException;
import io.rollcall.server.app.WriteCondition;
import io.rollcall.server.app.access.AccessAdmin;
import io.rollcall.server.app.access.AclChange;
import io.rollcall.server.app.access.IssuedToken;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/** The routes of tokens and policies. What they answer is as applied here; secrets are in the answer to their making alone. */
final class AclRoutes {

    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int NO_CONTENT = 204;
    private static final int LIST_DEFAULT = 1_000;
    private static final int LIST_MAX = 10_000;

    private final AccessAdmin admin;
    private final Exchange exchange;
    private final Duration bodyTimeout;

    AclRoutes(AccessAdmin admin, Exchange exchange, Duration bodyTimeout) {
        this.admin = admin;
        this.exchange = exchange;
        this.bodyTimeout = bodyTimeout;
    }

    List<Route> routes() {
        return List.of(
                new Route("GET", Paths.ACL_TOKENS, Needs.ACL_READ, this::tokens),
                new Route("POST", Paths.ACL_TOKENS, Needs.ACL_WRITE, this::createToken),
                new Route("GET", Paths.ACL_TOKEN, Needs.ACL_READ, this::token),
                new Route("PUT", Paths.ACL_TOKEN, Needs.ACL_WRITE, this::changeToken),
                new Route("DELETE", Paths.ACL_TOKEN, Needs.ACL_WRITE, this::deleteToken),
                new Route("POST", Paths.ACL_TOKEN_ROTATE, Needs.ACL_WRITE, this::rotateToken),
                new Route("GET", Paths.ACL_POLICIES, Needs.ACL_READ, this::policies),
                new Route("GET", Paths.ACL_POLICY, Needs.ACL_READ, this::policy),
                new Route("PUT", Paths.ACL_POLICY, Needs.ACL_WRITE, this::putPolicy),
                new Route("DELETE", Paths.ACL_POLICY, Needs.ACL_WRITE, this::deletePolicy));
    }

    private void tokens(Context ctx) {
        Violations violations = new Violations();
        QueryParameters parameters =
                QueryParameters.parse(ctx.req().getQueryString(), Set.of("identity", "limit", "cursor"), violations);
        String identity = parameters.text("identity");
        Page page = page(parameters, violations);
        List<AccessToken> found = admin.tokens().stream()
                .filter(token -> identity == null || token.identity().equals(identity))
                .toList();
        list(ctx, "tokens", page, found, AccessToken::id, AclJson::write);
    }

    private void policies(Context ctx) {
        Violations violations = new Violations();
        QueryParameters parameters =
                QueryParameters.parse(ctx.req().getQueryString(), Set.of("limit", "cursor"), violations);
        Page page = page(parameters, violations);
        list(ctx, "policies", page, admin.policies(), AccessPolicy::name, AclJson::write);
    }

    private record Page(int limit, String after) {}

    private static Page page(QueryParameters parameters, Violations violations) {
        Long limit = parameters.wholeNumber("limit", 1);
        if (limit != null && limit > LIST_MAX) {
            violations.add("limit", "must be 1 to " + LIST_MAX, LIST_MAX);
        }
        String cursor = parameters.text("cursor");
        violations.throwIfAny();
        return new Page(limit == null ? LIST_DEFAULT : limit.intValue(), cursor == null ? "" : cursor);
    }

    /** Writes one item of a list. */
    private interface ItemWriter<T> {
        void write(JsonGenerator json, T item) throws IOException;
    }

    private <T> void list(
            Context ctx, String field, Page page, List<T> all, Function<T, String> key, ItemWriter<T> writer) {
        List<T> items = all.stream()
                .filter(item -> key.apply(item).compareTo(page.after) > 0)
                .limit(page.limit + 1L)
                .toList();
        List<T> shown = items.subList(0, Math.min(items.size(), page.limit));
        exchange.send(ctx, exchange.json(ctx, OK, JsonBytes.write(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart(field);
            for (T item : shown) {
                writer.write(json, item);
            }
            json.writeEndArray();
            if (items.size() > shown.size()) {
                json.writeStringField("next", key.apply(shown.get(shown.size() - 1)));
            }
            json.writeEndObject();
        })));
    }

    private void token(Context ctx) {
        String id = read(ctx, "id");
        AccessToken token = admin.token(id);
        if (token == null) {
            throw new RefusedException(AccessAdmin.notFound(id));
        }
        shown(ctx, token.modifyIndex(), JsonBytes.write(json -> AclJson.write(json, token)));
    }

    private void policy(Context ctx) {
        String name = read(ctx, "name");
        AccessPolicy policy = admin.policy(name);
        if (policy == null) {
            throw new RefusedException(AccessAdmin.policyNotFound(name));
        }
        shown(ctx, policy.modifyIndex(), JsonBytes.write(json -> AclJson.write(json, policy)));
    }

    private static String read(Context ctx, String parameter) {
        Violations violations = new Violations();
        QueryParameters.parse(ctx.req().getQueryString(), Set.of(), violations);
        String name = name(ctx, parameter, violations);
        violations.throwIfAny();
        return name;
    }

    private void shown(Context ctx, long modifyIndex, byte[] body) {
        ctx.res().setHeader("ETag", "\"" + modifyIndex + "\"");
        exchange.send(ctx, exchange.json(ctx, OK, body));
    }

    private void createToken(Context ctx) {
        WriteRequest request = WriteRequest.ofCluster(ctx);
        request.refuseConditions(ctx);
        request.violations().throwIfAny();
        JsonBody.requireJson(ctx.req().getContentType());
        issued(
                ctx,
                () -> body(ctx)
                        .thenCompose(
                                body -> admin.create(AclBodies.token(JsonBody.parse(body), null), request.context())));
    }

    private void changeToken(Context ctx) {
        WriteRequest request = WriteRequest.ofCluster(ctx);
        WriteCondition condition = WriteRoutes.condition(ctx, request);
        String id = name(ctx, "id", request.violations());
        request.violations().throwIfAny();
        JsonBody.requireJson(ctx.req().getContentType());
        issued(
                ctx,
                () -> body(ctx)
                        .thenCompose(body -> admin.change(
                                id, AclBodies.token(JsonBody.parse(body), id), condition, request.context())));
    }

    private void rotateToken(Context ctx) {
        WriteRequest request = WriteRequest.ofCluster(ctx);
        request.refuseConditions(ctx);
        String id = name(ctx, "id", request.violations());
        request.violations().throwIfAny();
        issued(
                ctx,
                () -> body(ctx).thenCompose(body -> {
                    if (body.length > 0) {
                        JsonBody.requireJson(ctx.req().getContentType());
                    }
                    AclBodies.Rotation rotation = AclBodies.rotation(body.length == 0 ? null : JsonBody.parse(body));
                    return admin.rotate(id, rotation.ttl(), rotation.overlap(), request.context());
                }));
    }

    private void issued(Context ctx, Supplier<CompletableFuture<AclChange<IssuedToken>>> write) {
        exchange.whenDone(ctx, write, change -> {
            if (change.created() && !change.dryRun()) {
                ctx.res()
                        .setHeader(
                                "Location",
                                Paths.ACL_TOKENS + "/" + change.value().token().id());
                // Nobody keeps a secret that was not made for him.
                ctx.res().setHeader("Cache-Control", "no-store");
            }
            return changed(
                    ctx, change, change.value().token().modifyIndex(), json -> AclJson.write(json, change.value()));
        });
    }

    private void putPolicy(Context ctx) {
        WriteRequest request = WriteRequest.ofCluster(ctx);
        WriteCondition condition = WriteRoutes.condition(ctx, request);
        String name = name(ctx, "name", request.violations());
        request.violations().throwIfAny();
        JsonBody.requireJson(ctx.req().getContentType());
        exchange.whenDone(
                ctx,
                () -> body(ctx).thenCompose(body -> {
                    AclBodies.PolicyOrder order = AclBodies.policy(JsonBody.parse(body), name);
                    return admin.putPolicy(name, order.description(), order.rules(), condition, request.context());
                }),
                change -> changed(
                        ctx, change, change.value().modifyIndex(), json -> AclJson.write(json, change.value())));
    }

    private void deleteToken(Context ctx) {
        WriteRequest request = WriteRequest.ofCluster(ctx);
        WriteCondition condition = WriteRoutes.condition(ctx, request);
        String id = name(ctx, "id", request.violations());
        request.violations().throwIfAny();
        exchange.whenDone(
                ctx,
                () -> admin.deleteToken(id, condition, request.context()),
                change -> deleted(ctx, change, json -> AclJson.write(json, change.value())));
    }

    private void deletePolicy(Context ctx) {
        WriteRequest request = WriteRequest.ofCluster(ctx);
        WriteCondition condition = WriteRoutes.condition(ctx, request);
        String name = name(ctx, "name", request.violations());
        request.violations().throwIfAny();
        exchange.whenDone(
                ctx,
                () -> admin.deletePolicy(name, condition, request.context()),
                change -> deleted(ctx, change, json -> AclJson.write(json, change.value())));
    }

    private byte[] changed(Context ctx, AclChange<?> change, long modifyIndex, JsonBytes.Document value) {
        int status = change.created() ? CREATED : OK;
        if (change.dryRun()) {
            return dryRun(ctx, status, value);
        }
        ctx.res().setHeader("ETag", "\"" + modifyIndex + "\"");
        return exchange.written(ctx, status, change.index(), JsonBytes.write(value));
    }

    private byte[] deleted(Context ctx, AclChange<?> change, JsonBytes.Document before) {
        return change.dryRun()
                ? dryRun(ctx, NO_CONTENT, before)
                : exchange.written(ctx, NO_CONTENT, change.index(), new byte[0]);
    }

    private byte[] dryRun(Context ctx, int status, JsonBytes.Document value) {
        return exchange.json(ctx, OK, JsonBytes.write(json -> {
            json.writeStartObject();
            json.writeBooleanField("dryRun", true);
            json.writeBooleanField("wouldChange", true);
            json.writeNumberField("status", status);
            json.writeFieldName(status == NO_CONTENT ? "before" : "after");
            value.write(json);
            json.writeEndObject();
        }));
    }

    private static String name(Context ctx, String parameter, Violations violations) {
        String name = ctx.pathParam(parameter);
        var unused = violations.collect(() -> {
            Names.requireName(parameter, name);
            return name;
        });
        return name;
    }

    private CompletableFuture<byte[]> body(Context ctx) {
        return BodyReader.read(ctx.req(), RequestLimits.BODY_BYTES, bodyTimeout);
    }
}
