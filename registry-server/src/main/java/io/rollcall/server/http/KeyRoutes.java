package io.rollcall.server.http;

import io.javalin.http.Context;
import io.rollcall.api.http.Paths;
import io.rollcall.api.model.Violations;
import io.rollcall.server.app.KeyControl;
import io.rollcall.server.app.Lookup;
import io.rollcall.server.app.RequestContext;
import java.util.List;
import java.util.Set;

/** The routes about the keys that secrets are sealed with. */
final class KeyRoutes {

    private static final int OK = 200;

    private final KeyControl keys;
    private final Exchange exchange;

    KeyRoutes(KeyControl keys, Exchange exchange) {
        this.keys = keys;
        this.exchange = exchange;
    }

    List<Route> routes() {
        return List.of(
                new Route("GET", Paths.KEYS, Needs.KEYS_READ, this::look),
                new Route("POST", Paths.KEYS_ROTATE, Needs.KEYS_WRITE, this::rotate));
    }

    private void look(Context ctx) {
        requireNoParameters(ctx);
        exchange.send(ctx, found(ctx, keys.look()));
    }

    private void rotate(Context ctx) {
        requireNoParameters(ctx);
        // Without the caller's request id: a new key once more is no harm, and it would not be the same one.
        RequestContext context = HttpGate.caller(ctx).context(null, TraceIds.traceParent(ctx), false);
        exchange.whenDone(ctx, () -> keys.rotate(context), found -> found(ctx, found));
    }

    private static void requireNoParameters(Context ctx) {
        Violations violations = new Violations();
        QueryParameters.parse(ctx.req().getQueryString(), Set.of(), violations);
        violations.throwIfAny();
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
}
