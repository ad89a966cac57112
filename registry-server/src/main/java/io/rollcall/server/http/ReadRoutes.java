package io.rollcall.server.http;

import io.javalin.http.Context;
import io.rollcall.api.error.ErrorCode;
import io.rollcall.api.error.Problem;
import io.rollcall.api.http.Headers;
import io.rollcall.api.http.Paths;
import io.rollcall.api.model.AccessResource;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.Namespace;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.api.model.ServiceName;
import io.rollcall.api.model.Violations;
import io.rollcall.server.app.Answer;
import io.rollcall.server.app.Catalog;
import io.rollcall.server.app.CatalogQuery;
import io.rollcall.server.app.PastCatalog;
import io.rollcall.server.app.ReadConsistency;
import io.rollcall.server.app.ReadDemand;
import io.rollcall.server.app.ReadGrant;
import io.rollcall.server.app.Reader;
import io.rollcall.server.app.Wait;
import io.rollcall.server.app.Watches;
import io.rollcall.server.app.access.Sight;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The routes that read the catalog. */
final class ReadRoutes {

    /** What is asked of every read: of which namespace, and how current. */
    static final Set<String> CURRENCY = Set.of("namespace", "consistency", "maxStaleness", "minIndex");

    private static final Set<String> DEMAND = union(CURRENCY, Set.of("at"));
    private static final Set<String> DEMAND_AND_WAIT = union(DEMAND, Set.of("index", "wait"));
    private static final Set<String> DEMAND_AND_PAGE = union(DEMAND_AND_WAIT, Set.of("limit", "cursor"));
    private static final Set<String> DEMAND_AND_SELECTION = union(DEMAND_AND_WAIT, CatalogQuery.PARAMETERS);

    private final Catalog catalog;
    private final PastCatalog past;
    private final ReadConsistency consistency;
    private final Watches watches;
    private final Exchange exchange;

    ReadRoutes(Catalog catalog, PastCatalog past, ReadConsistency consistency, Watches watches, Exchange exchange) {
        this.catalog = catalog;
        this.past = past;
        this.consistency = consistency;
        this.watches = watches;
        this.exchange = exchange;
    }

    static Set<String> union(Set<String> left, Set<String> right) {
        Set<String> union = new HashSet<>(left);
        union.addAll(right);
        return Set.copyOf(union);
    }

    List<Route> routes() {
        // Discovery first: the router goes through the table in this order.
        return List.of(
                new Route("GET", Paths.SERVICE, Needs.SERVICE_READ, this::discover),
                new Route("GET", Paths.INSTANCE, Needs.SERVICE_READ, this::instance),
                new Route("GET", Paths.SERVICES, Needs.SERVICES_READ, this::services),
                new Route("GET", Paths.INSTANCES, Needs.SERVICES_READ, this::instances),
                new Route("GET", Paths.STATS, Needs.SERVICES_READ, this::stats));
    }

    private void discover(Context ctx) {
        if (ctx.req().getQueryString() == null) {
            ServiceKey service = new ServiceKey(Namespace.DEFAULT, new ServiceName(ctx.pathParam("name")));
            answerNow(ctx, catalog.discover(service, CatalogQuery.DEFAULT));
            return;
        }
        Violations violations = new Violations();
        QueryParameters parameters =
                QueryParameters.parse(ctx.req().getQueryString(), DEMAND_AND_SELECTION, violations);
        Namespace namespace = parameters.namespace();
        ServiceName name = violations.collect(() -> new ServiceName(ctx.pathParam("name")));
        CatalogQuery query = violations.collect(() -> CatalogQuery.discovery(parameters.values()));
        ReadDemand demand = demand(parameters, violations);
        Instant at = parameters.instant("at");
        Waiting waiting = waiting(ctx, parameters, violations);
        violations.throwIfAny();
        if (name != null && query != null) {
            ServiceKey service = new ServiceKey(namespace, name);
            if (at != null) {
                exchange.whenCurrent(ctx, demand, () -> past.discover(service, query, at));
                return;
            }
            answer(ctx, demand, waiting, Wait.discovery(service, query), () -> catalog.discover(service, query));
        }
    }

    /** The answer to a request without parameters: nothing is parsed, nothing is waited for. */
    private void answerNow(Context ctx, Answer answer) {
        Problem refusal = consistency.refusal();
        if (refusal == null) {
            exchange.send(ctx, exchange.answer(ctx, answer, false));
        } else {
            exchange.send(ctx, exchange.problem(ctx, refusal));
        }
    }

    private void instance(Context ctx) {
        Violations violations = new Violations();
        QueryParameters parameters = QueryParameters.parse(ctx.req().getQueryString(), DEMAND_AND_WAIT, violations);
        Namespace namespace = parameters.namespace();
        ReadDemand demand = demand(parameters, violations);
        Instant at = parameters.instant("at");
        Waiting waiting = waiting(ctx, parameters, violations);
        InstanceKey key = PathParameters.instance(ctx, namespace, violations);
        if (at == null) {
            answer(
                    ctx,
                    demand,
                    waiting,
                    Wait.instance(key),
                    () -> found(ctx, key, catalog.instance(key), "is not registered"));
        } else {
            exchange.whenCurrent(
                    ctx,
                    demand,
                    () -> past.instance(key, at)
                            .thenApply(then -> found(ctx, key, then, "was not registered at " + at)));
        }
    }

    private static Answer found(Context ctx, InstanceKey key, Catalog.OneInstance one, String otherwise) {
        Answer answer = one.answer();
        if (answer == null) {
            // Of which state that is true: whoever waits for a deregistration can tell.
            ctx.res().setHeader(Headers.APPLIED, Long.toString(one.applied()));
            throw new ProblemException(Problem.of(
                    ErrorCode.INSTANCE_NOT_FOUND,
                    "instance '" + key.id() + "' of '" + key.service() + "' " + otherwise));
        }
        return answer;
    }

    private void services(Context ctx) {
        list(ctx, DEMAND_AND_PAGE, (namespace, query) -> Wait.services(namespace), catalog::services, past::services);
    }

    private void instances(Context ctx) {
        list(ctx, DEMAND_AND_SELECTION, Wait::instances, catalog::instances, past::instances);
    }

    private void list(
            Context ctx,
            Set<String> known,
            BiFunction<Namespace, CatalogQuery, Wait> wait,
            ListQuery list,
            PastListQuery pastList) {
        Violations violations = new Violations();
        QueryParameters parameters = QueryParameters.parse(ctx.req().getQueryString(), known, violations);
        Namespace namespace = parameters.namespace();
        CatalogQuery query = violations.collect(() -> CatalogQuery.list(parameters.values()));
        ReadDemand demand = demand(parameters, violations);
        Instant at = parameters.instant("at");
        Waiting waiting = waiting(ctx, parameters, violations);
        violations.throwIfAny();
        if (query != null && at != null) {
            exchange.whenCurrent(ctx, demand, () -> pastList.answer(namespace, query, sight(ctx, namespace), at));
        } else if (query != null) {
            answer(
                    ctx,
                    demand,
                    waiting,
                    wait.apply(namespace, query),
                    () -> list.answer(namespace, query, sight(ctx, namespace)));
        }
    }

    private static Sight sight(Context ctx, Namespace namespace) {
        return HttpGate.caller(ctx).sight(AccessResource.SERVICE, namespace, "");
    }

    private void stats(Context ctx) {
        Violations violations = new Violations();
        QueryParameters parameters = QueryParameters.parse(ctx.req().getQueryString(), DEMAND, violations);
        Namespace namespace = parameters.namespace();
        ReadDemand demand = demand(parameters, violations);
        Instant at = parameters.instant("at");
        violations.throwIfAny();
        if (at == null) {
            answer(ctx, demand, () -> catalog.stats(namespace, sight(ctx, namespace)));
        } else {
            exchange.whenCurrent(ctx, demand, () -> past.stats(namespace, sight(ctx, namespace), at));
        }
    }

    static ReadDemand demand(QueryParameters parameters, Violations violations) {
        String consistency = parameters.text("consistency");
        boolean linearizable = "linearizable".equals(consistency);
        if (consistency != null && !linearizable && !consistency.equals("stale")) {
            violations.add("consistency", "must be stale or linearizable");
        }
        Long minIndex = parameters.wholeNumber("minIndex", 0);
        return new ReadDemand(linearizable, parameters.duration("maxStaleness"), minIndex == null ? 0 : minIndex);
    }

    /**
     * How a read waits.
     *
     * @param read behind which index, and how long
     * @param reader who waits
     */
    private record Waiting(BlockingRead read, Reader reader) {}

    /** Null if the read does not wait. */
    private static @Nullable Waiting waiting(Context ctx, QueryParameters parameters, Violations violations) {
        BlockingRead read = BlockingRead.of(parameters, violations);
        return read == null ? null : new Waiting(read, Readers.of(ctx, violations));
    }

    private void answer(Context ctx, ReadDemand demand, @Nullable Waiting waiting, Wait wait, Supplier<Answer> query) {
        if (waiting == null) {
            answer(ctx, demand, query);
            return;
        }
        BlockingRead read = waiting.read();
        // What the reader has seen somewhere this node must have, too, or its answer would be of an earlier time.
        ReadDemand all =
                new ReadDemand(demand.linearizable(), demand.maxStaleness(), Math.max(demand.minIndex(), read.index()));
        exchange.whenDone(
                ctx,
                () -> exchange.pass(ctx, all)
                        .thenCompose(grant -> grant.refusal() != null
                                ? CompletableFuture.completedFuture(grant)
                                : watches.await(
                                                wait,
                                                read.index(),
                                                read.longest(),
                                                HttpGate.caller(ctx),
                                                waiting.reader())
                                        .thenApply(refusal ->
                                                refusal.map(ReadGrant::refused).orElse(grant))),
                grant -> {
                    // The wait may have been longer than the caller's permission.
                    HttpGate.admitAgain(ctx);
                    return granted(ctx, grant, query);
                });
    }

    private byte[] granted(Context ctx, ReadGrant grant, Supplier<Answer> query) {
        Problem refusal = grant.refusal();
        return refusal != null
                ? exchange.problem(ctx, refusal)
                : exchange.answer(ctx, query.get(), grant.linearizable());
    }

    private void answer(Context ctx, ReadDemand demand, Supplier<Answer> query) {
        if (demand.isStale()) {
            Problem refusal = consistency.refusal();
            if (refusal != null) {
                throw new ProblemException(refusal);
            }
            exchange.send(ctx, exchange.answer(ctx, query.get(), false));
            return;
        }
        exchange.whenDone(ctx, () -> exchange.pass(ctx, demand), grant -> granted(ctx, grant, query));
    }

    /** A list of the catalog. */
    private interface ListQuery {
        Answer answer(Namespace namespace, CatalogQuery query, Sight sight);
    }

    /** A list of the catalog as it was. */
    private interface PastListQuery {
        CompletableFuture<Answer> answer(Namespace namespace, CatalogQuery query, Sight sight, Instant at);
    }
}
