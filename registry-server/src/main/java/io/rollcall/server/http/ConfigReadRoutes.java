package io.rollcall.server.http;

import io.javalin.http.Context;
import io.rollcall.api.error.Problem;
import io.rollcall.api.http.Headers;
import io.rollcall.api.http.Paths;
import io.rollcall.api.model.ConfigEntry;
import io.rollcall.api.model.ConfigKey;
import io.rollcall.api.model.Violations;
import io.rollcall.server.app.Answer;
import io.rollcall.server.app.ConfigCatalog;
import io.rollcall.server.app.ConfigCatalog.Found;
import io.rollcall.server.app.ConfigQuery;
import io.rollcall.server.app.ReadConsistency;
import io.rollcall.server.app.ReadDemand;
import io.rollcall.server.app.ReadGrant;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The routes that read configuration. */
final class ConfigReadRoutes {

    private static final Set<String> KEY_PARAMETERS = Set.of(
            "namespace", "consistency", "maxStaleness", "minIndex", "index", "wait", "history", "version", "reveal");
    private static final Set<String> LIST_PARAMETERS = Set.of(
            "namespace",
            "consistency",
            "maxStaleness",
            "minIndex",
            "index",
            "wait",
            "prefix",
            "values",
            "reveal",
            "limit",
            "cursor");

    private final ConfigCatalog catalog;
    private final ReadConsistency consistency;
    private final Exchange exchange;

    ConfigReadRoutes(ConfigCatalog catalog, ReadConsistency consistency, Exchange exchange) {
        this.catalog = catalog;
        this.consistency = consistency;
        this.exchange = exchange;
    }

    List<Route> routes() {
        return List.of(
                new Route("GET", Paths.CONFIG, Needs.CONFIGS_READ, this::list),
                new Route("GET", Paths.CONFIG_KEY, Needs.CONFIG_READ, this::key));
    }

    private void key(Context ctx) {
        Violations violations = new Violations();
        QueryParameters parameters = QueryParameters.parse(ctx.req().getQueryString(), KEY_PARAMETERS, violations);
        ConfigKey key = PathParameters.key(ctx, parameters.namespace(), violations);
        ReadDemand demand = ReadRoutes.demand(parameters, violations);
        BlockingRead blocking = BlockingRead.of(parameters, violations);
        boolean history = parameters.flag("history");
        boolean reveal = parameters.flag("reveal");
        Long version = parameters.wholeNumber("version", 1);
        if (version != null && (history || blocking != null)) {
            violations.add("version", "must not stand beside history or index: a version never changes");
        }
        violations.throwIfAny();
        if (key == null) {
            throw new IllegalStateException("a key without a value and without a violation");
        }
        answer(
                ctx,
                demand,
                blocking,
                (index, longest) -> catalog.changed(key, index, longest, HttpGate.caller(ctx)),
                () -> {
                    if (history) {
                        return catalog.history(key);
                    }
                    return version == null
                            ? catalog.value(key, reveal, HttpGate.caller(ctx))
                            : catalog.version(key, version, reveal, HttpGate.caller(ctx));
                });
    }

    private void list(Context ctx) {
        Violations violations = new Violations();
        QueryParameters parameters = QueryParameters.parse(ctx.req().getQueryString(), LIST_PARAMETERS, violations);
        ReadDemand demand = ReadRoutes.demand(parameters, violations);
        BlockingRead blocking = BlockingRead.of(parameters, violations);
        ConfigQuery query = violations.collect(() -> query(parameters, violations));
        violations.throwIfAny();
        if (query == null) {
            throw new IllegalStateException("a query without a value and without a violation");
        }
        answer(
                ctx,
                demand,
                blocking,
                (index, longest) -> catalog.changed(query, index, longest, HttpGate.caller(ctx)),
                () -> catalog.list(query, HttpGate.caller(ctx)));
    }

    private static ConfigQuery query(QueryParameters parameters, Violations violations) {
        String prefix = parameters.text("prefix");
        return new ConfigQuery(
                parameters.namespace(),
                prefix == null ? "" : prefix,
                ConfigQuery.after(parameters.text("cursor")),
                limit(parameters, violations),
                parameters.flag("values"),
                parameters.flag("reveal"));
    }

    private static int limit(QueryParameters parameters, Violations violations) {
        Long limit = parameters.wholeNumber("limit", 1);
        if (limit != null && limit > ConfigQuery.MAX_LIMIT) {
            violations.add("limit", "must be a whole number of 1 to " + ConfigQuery.MAX_LIMIT, ConfigQuery.MAX_LIMIT);
        }
        return limit == null ? ConfigQuery.DEFAULT_LIMIT : (int) Math.min(limit, ConfigQuery.MAX_LIMIT);
    }

    private void answer(
            Context ctx, ReadDemand demand, @Nullable BlockingRead blocking, Change change, Supplier<Found> question) {
        if (demand.isStale() && blocking == null) {
            Problem refusal = consistency.refusal();
            if (refusal != null) {
                throw new ProblemException(refusal);
            }
            exchange.send(ctx, found(ctx, question.get(), false));
            return;
        }
        exchange.whenDone(ctx, () -> ready(ctx, demand, blocking, change), grant -> {
            if (grant.refusal() != null) {
                return exchange.problem(ctx, grant.refusal());
            }
            if (blocking != null) {
                // The wait may have been longer than the caller's permission.
                HttpGate.admitAgain(ctx);
            }
            return found(ctx, question.get(), grant.linearizable());
        });
    }

    /** Passes what is demanded of the node, then waits for a change; no thread waits for either. */
    private CompletableFuture<ReadGrant> ready(
            Context ctx, ReadDemand demand, @Nullable BlockingRead blocking, Change change) {
        CompletableFuture<ReadGrant> granted = exchange.pass(ctx, demand);
        if (blocking == null) {
            return granted;
        }
        return granted.thenCompose(grant -> grant.refusal() != null
                ? CompletableFuture.completedFuture(grant)
                : change.past(blocking.index(), blocking.longest()).thenApply(passed -> grant));
    }

    private byte[] found(Context ctx, Found found, boolean linearizable) {
        Answer answer = found.answer();
        if (found.problem() != null || answer == null) {
            return problem(ctx, found);
        }
        byte[] body = exchange.answer(ctx, answer, linearizable);
        ConfigEntry entry = found.entry();
        if (entry != null) {
            raw(ctx, entry);
        }
        return body;
    }

    private byte[] problem(Context ctx, Found found) {
        if (found.problem() == null) {
            throw new IllegalStateException("neither an answer nor a problem");
        }
        // Of which state that is true: whoever waits for the key waits from here.
        ctx.res().setHeader(Headers.INDEX, Long.toString(found.index()));
        ctx.res().setHeader(Headers.APPLIED, Long.toString(found.applied()));
        return exchange.problem(ctx, found.problem());
    }

    /** The change that a read waits for. */
    private interface Change {
        CompletableFuture<Void> past(long index, Duration longest);
    }

    private static void raw(Context ctx, ConfigEntry entry) {
        ctx.res().setHeader(Headers.CONFIG_VERSION, Long.toString(entry.version()));
        // Jetty would carry the charset of the default type over.
        ctx.res().setContentType(null);
        ctx.res().setContentType(entry.contentType().value());
        // Whoever may write a value must not get a browser to run it in the name of this site: see HardeningHeaders.
        ctx.res().setHeader("Content-Disposition", "attachment");
    }
}
