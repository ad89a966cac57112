package io.rollcall.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.rollcall.api.http.Paths;
import io.rollcall.api.model.Namespace;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.api.model.ServiceName;
import io.rollcall.api.model.Violations;
import io.rollcall.api.wire.StrictFields;
import io.rollcall.server.app.Catalog;
import io.rollcall.server.app.CatalogQuery;
import io.rollcall.server.app.ReadConsistency;
import io.rollcall.server.app.Subscribers;
import io.rollcall.server.app.Watches;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The routes of those who follow. */
final class WatchRoutes {

    private static final int OK = 200;
    private static final int NO_CONTENT = 204;
    private static final String INDEX = "index";
    private static final byte[] NO_BODY = {};

    private final Watches watches;
    private final Subscribers subscribers;
    private final Catalog catalog;
    private final ReadConsistency consistency;
    private final Exchange exchange;
    private final Duration bodyTimeout;

    WatchRoutes(UseCases useCases, Exchange exchange, Duration bodyTimeout) {
        this.watches = useCases.watches();
        this.subscribers = useCases.subscribers();
        this.catalog = useCases.catalog();
        this.consistency = useCases.consistency();
        this.exchange = exchange;
        this.bodyTimeout = bodyTimeout;
    }

    List<Route> routes() {
        return List.of(
                new Route("GET", Paths.WATCH, Needs.EACH_SERVICE_READ, WatchRoutes::inFrontOfTheServlets),
                new Route("PUT", Paths.WATCH_SUBSCRIPTION, Needs.SOME_READING, this::acknowledge),
                new Route("GET", Paths.SERVICE_SUBSCRIBERS, Needs.SERVICE_READ, this::subscribers),
                new Route("GET", Paths.CLUSTER_WATCH, Needs.OPERATOR_READ, this::figures));
    }

    /** The route is in the table for its permission and its methods; {@link WatchHandler} serves it. */
    private static void inFrontOfTheServlets(Context ctx) {
        throw new IllegalStateException("the stream of changes is not a servlet's: " + ctx.path());
    }

    private void acknowledge(Context ctx) {
        Violations violations = new Violations();
        QueryParameters.parse(ctx.req().getQueryString(), Set.of(), violations);
        WriteRequest.refuseConditions(ctx, violations);
        JsonBody.requireJson(ctx.req().getContentType());
        exchange.whenDone(
                ctx,
                () -> BodyReader.read(ctx.req(), RequestLimits.BODY_BYTES, bodyTimeout)
                        .thenCompose(body -> subscribers.acknowledge(
                                ctx.pathParam("subscription"), index(JsonBody.parse(body), violations))),
                problem -> problem.map(why -> exchange.problem(ctx, why))
                        .orElseGet(() -> exchange.json(ctx, NO_CONTENT, NO_BODY)));
    }

    private static long index(JsonNode body, Violations violations) {
        Long index = null;
        if (body.isObject()) {
            StrictFields fields = new StrictFields(body, "", violations);
            fields.refuseUnknown(Set.of(INDEX), Set.of());
            JsonNode given = body.path(INDEX);
            index = given.isIntegralNumber() && given.canConvertToLong() && given.asLong() >= 0 ? given.asLong() : null;
            if (index == null) {
                violations.add(INDEX, "must be a whole number of 0 or more");
            }
        } else {
            violations.add("body", "must be a JSON object");
        }
        violations.throwIfAny();
        if (index == null) {
            throw new IllegalStateException("an index without a value and without a violation");
        }
        return index;
    }

    private void subscribers(Context ctx) {
        Violations violations = new Violations();
        QueryParameters parameters = QueryParameters.parse(ctx.req().getQueryString(), Set.of("namespace"), violations);
        Namespace namespace = parameters.namespace();
        ServiceName name = PathParameters.name(ctx, violations);
        violations.throwIfAny();
        if (consistency.refusal() != null) {
            throw new ProblemException(consistency.refusal());
        }
        if (name != null) {
            ServiceKey service = new ServiceKey(namespace, name);
            exchange.whenDone(
                    ctx,
                    () -> subscribers.list(
                            service,
                            catalog.discover(service, CatalogQuery.DEFAULT).index()),
                    body -> exchange.json(ctx, OK, body));
        }
    }

    private void figures(Context ctx) {
        Violations violations = new Violations();
        QueryParameters.parse(ctx.req().getQueryString(), Set.of(), violations);
        violations.throwIfAny();
        exchange.whenDone(ctx, watches::figures, figures -> exchange.json(ctx, OK, figures));
    }
}
