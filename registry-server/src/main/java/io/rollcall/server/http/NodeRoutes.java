package io.rollcall.server.http;

import io.javalin.http.Context;
import io.rollcall.api.error.ErrorCode;
import io.rollcall.api.error.Problem;
import io.rollcall.api.http.Paths;
import io.rollcall.api.model.Violations;
import io.rollcall.server.app.ClusterAdmin;
import io.rollcall.server.app.ExpiryControl;
import io.rollcall.server.app.Lookup;
import io.rollcall.server.app.MetricsReport;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** The routes about the node and its cluster. */
final class NodeRoutes {

    private static final int OK = 200;
    private static final byte[] ALIVE = "{\"status\":\"alive\"}".getBytes(StandardCharsets.UTF_8);
    private static final byte[] READY = "{\"status\":\"ready\"}".getBytes(StandardCharsets.UTF_8);

    private final ClusterAdmin cluster;
    private final ExpiryControl expiry;
    private final MetricsReport metrics;
    private final Exchange exchange;
    private final byte[] openApi = resource("openapi.json");

    NodeRoutes(ClusterAdmin cluster, ExpiryControl expiry, MetricsReport metrics, Exchange exchange) {
        this.metrics = metrics;
        this.cluster = cluster;
        this.expiry = expiry;
        this.exchange = exchange;
    }

    List<Route> routes() {
        return List.of(
                new Route("GET", Paths.CLUSTER, Needs.OPERATOR_READ, this::cluster),
                new Route("GET", Paths.CLUSTER_DIGEST, Needs.OPERATOR_READ, this::digest),
                new Route("GET", Paths.CLUSTER_EXPIRY, Needs.OPERATOR_READ, this::expiry),
                new Route("POST", Paths.CLUSTER_EXPIRY_RELEASE, Needs.OPERATOR_WRITE, this::release),
                new Route("GET", Paths.OPENAPI, Needs.OPERATOR_READ_BEYOND_LOOPBACK, this::openApi),
                new Route("GET", Paths.METRICS, Needs.OPERATOR_READ_BEYOND_LOOPBACK, this::metrics),
                new Route("GET", Paths.LIVEZ, Needs.OPEN, this::livez),
                new Route("GET", Paths.READYZ, Needs.OPEN, this::readyz));
    }

    private void cluster(Context ctx) {
        requireNoParameters(ctx);
        exchange.send(ctx, exchange.json(ctx, OK, cluster.cluster()));
    }

    private void digest(Context ctx) {
        Violations violations = new Violations();
        QueryParameters parameters = QueryParameters.parse(ctx.req().getQueryString(), Set.of("index"), violations);
        Long index = parameters.wholeNumber("index", 0);
        violations.throwIfAny();
        exchange.send(ctx, found(ctx, cluster.digest(index)));
    }

    private void expiry(Context ctx) {
        requireNoParameters(ctx);
        exchange.whenDone(ctx, expiry::look, found -> found(ctx, found));
    }

    private void release(Context ctx) {
        requireNoParameters(ctx);
        exchange.whenDone(ctx, expiry::release, found -> found(ctx, found));
    }

    private byte[] found(Context ctx, Lookup found) {
        if (found.problem() != null) {
            return exchange.problem(ctx, found.problem());
        }
        if (found.body() == null) {
            throw new IllegalStateException("a lookup without a body and without a problem");
        }
        return exchange.json(ctx, OK, found.body());
    }

    private void openApi(Context ctx) {
        requireNoParameters(ctx);
        exchange.send(ctx, exchange.json(ctx, OK, openApi));
    }

    private void livez(Context ctx) {
        requireNoParameters(ctx);
        exchange.send(ctx, exchange.json(ctx, OK, ALIVE));
    }

    private void readyz(Context ctx) {
        Violations violations = new Violations();
        QueryParameters parameters = QueryParameters.parse(ctx.req().getQueryString(), Set.of("for"), violations);
        String purpose = parameters.text("for");
        if (purpose != null && !purpose.equals("reads")) {
            violations.add("for", "must be reads");
        }
        violations.throwIfAny();
        Problem unreadiness = cluster.unreadiness(purpose != null);
        if (unreadiness == null) {
            exchange.send(ctx, exchange.json(ctx, OK, READY));
        } else {
            exchange.send(ctx, exchange.problem(ctx, unreadiness));
        }
    }

    private void metrics(Context ctx) {
        requireNoParameters(ctx);
        MetricsReport.Page page = metrics.page(ctx.req().getHeader("Accept"));
        if (page == null) {
            Problem nothing =
                    Problem.of(ErrorCode.NOT_FOUND, "nothing is measured here: OTEL_SDK_DISABLED is set for this node");
            exchange.send(ctx, exchange.problem(ctx, nothing));
            return;
        }
        byte[] body = exchange.json(ctx, OK, page.body());
        ctx.res().setContentType(page.contentType());
        exchange.send(ctx, body);
    }

    private static void requireNoParameters(Context ctx) {
        Violations violations = new Violations();
        QueryParameters.parse(ctx.req().getQueryString(), Set.of(), violations);
        violations.throwIfAny();
    }

    private static byte[] resource(String name) {
        try (InputStream input = NodeRoutes.class.getResourceAsStream(name)) {
            if (input == null) {
                throw new IllegalStateException(name + " is missing beside " + NodeRoutes.class.getName());
            }
            return input.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + name, e);
        }
    }
}
