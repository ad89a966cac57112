package io.rollcall.server.http;

import io.javalin.http.Context;
import io.rollcall.api.http.Headers;
import io.rollcall.api.model.Namespace;
import io.rollcall.api.model.Violations;
import io.rollcall.server.app.RequestContext;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What all writes have in common, as far as it could be read; what is bad is among the violations.
 *
 * @param parameters of the query
 * @param namespace from the query
 * @param context request id and circumstances
 * @param violations found so far; to be ended by {@link Violations#throwIfAny} once all is read
 */
record WriteRequest(QueryParameters parameters, Namespace namespace, RequestContext context, Violations violations) {

    private static final int MAX_KEY_LENGTH = 64;

    /** Reads it; {@code known} are the parameters that the route knows beside those of all writes. */
    static WriteRequest of(Context ctx, Set<String> known) {
        Set<String> all = new HashSet<>(known);
        all.add("namespace");
        return read(ctx, all);
    }

    /** Reads one that concerns the whole cluster: it has no namespace, and no parameters of its own. */
    static WriteRequest ofCluster(Context ctx) {
        return read(ctx, new HashSet<>());
    }

    private static WriteRequest read(Context ctx, Set<String> all) {
        all.add("dryRun");
        Violations violations = new Violations();
        QueryParameters parameters = QueryParameters.parse(ctx.req().getQueryString(), all, violations);
        Namespace namespace = parameters.namespace();
        boolean dryRun = parameters.flag("dryRun");
        String key = ctx.req().getHeader(Headers.IDEMPOTENCY_KEY);
        if (key != null && !isKey(key)) {
            violations.add(
                    Headers.IDEMPOTENCY_KEY,
                    "must be 1 to " + MAX_KEY_LENGTH + " printable characters of ASCII without spaces",
                    MAX_KEY_LENGTH);
        }
        RequestContext context = HttpGate.caller(ctx).context(key, TraceIds.traceParent(ctx), dryRun);
        return new WriteRequest(parameters, namespace, context, violations);
    }

    private static boolean isKey(String text) {
        return !text.isEmpty()
                && text.length() <= MAX_KEY_LENGTH
                && text.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }

    /** Finds conditions that this route would not hold to: a caller who sent one relies on it. */
    void refuseConditions(Context ctx) {
        refuseConditions(ctx, violations);
    }

    /** The same for a request that is no write through the log. */
    static void refuseConditions(Context ctx, Violations violations) {
        for (String header : new String[] {"If-Match", "If-None-Match"}) {
            @Nullable String value = ctx.req().getHeader(header);
            if (value != null) {
                violations.add(header, "is not supported here");
            }
        }
    }
}
