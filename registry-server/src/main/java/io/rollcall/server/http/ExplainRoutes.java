package io.rollcall.server.http;

import io.javalin.http.Context;
import io.rollcall.api.http.Paths;
import io.rollcall.api.model.AccessLevel;
import io.rollcall.api.model.AccessResource;
import io.rollcall.api.model.InstanceId;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.Names;
import io.rollcall.api.model.Namespace;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.api.model.ServiceName;
import io.rollcall.api.model.Violations;
import io.rollcall.server.app.Asker;
import io.rollcall.server.app.CatalogQuery;
import io.rollcall.server.app.Explanations;
import io.rollcall.server.app.Explanations.Explanation;
import io.rollcall.server.app.ReadDemand;
import io.rollcall.server.app.access.Caller;
import io.rollcall.server.app.access.Gatekeeper;
import io.rollcall.server.app.access.Permission;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The route that explains discovery. */
final class ExplainRoutes {

    private static final String INSTANCE = "instance";
    private static final String AS = "as";
    private static final Set<String> KNOWN = known();

    private final Explanations explanations;
    private final Exchange exchange;

    ExplainRoutes(Explanations explanations, Exchange exchange) {
        this.explanations = explanations;
        this.exchange = exchange;
    }

    private static Set<String> known() {
        Set<String> known = new HashSet<>(ReadRoutes.CURRENCY);
        known.addAll(CatalogQuery.SELECTION);
        known.add(INSTANCE);
        known.add(AS);
        return Set.copyOf(known);
    }

    private static InstanceId id(String text) {
        Names.requireId(INSTANCE, text);
        return new InstanceId(text);
    }

    List<Route> routes() {
        return List.of(new Route("GET", Paths.SERVICE_EXPLAIN, Needs.SERVICE_READ, this::explain));
    }

    /** Whoever asks, or whoever has the token that is asked about: then it is asked what a token may do. */
    private static Asker asker(Context ctx, @Nullable String tokenId, ServiceKey service) {
        Caller caller = HttpGate.caller(ctx);
        if (tokenId == null) {
            return Asker.of(caller, service);
        }
        Gatekeeper gatekeeper = HttpGate.gatekeeper(ctx);
        gatekeeper.require(caller, Permission.of(AccessResource.ACL, AccessLevel.READ));
        return Asker.ofToken(gatekeeper.ofToken(tokenId), tokenId, service);
    }

    private void explain(Context ctx) {
        Violations violations = new Violations();
        QueryParameters parameters = QueryParameters.parse(ctx.req().getQueryString(), KNOWN, violations);
        Namespace namespace = parameters.namespace();
        ServiceName name = PathParameters.name(ctx, violations);
        String instance = parameters.text(INSTANCE);
        InstanceId id = instance == null ? null : violations.collect(() -> id(instance));
        CatalogQuery query = violations.collect(() -> CatalogQuery.discovery(parameters.values()));
        ReadDemand demand = ReadRoutes.demand(parameters, violations);
        violations.throwIfAny();
        if (name == null || query == null) {
            throw new IllegalStateException("a parameter without a value and without a violation");
        }
        ServiceKey service = new ServiceKey(namespace, name);
        Asker asker = asker(ctx, parameters.text(AS), service);
        exchange.whenDone(ctx, () -> exchange.pass(ctx, demand), grant -> {
            if (grant.refusal() != null) {
                return exchange.problem(ctx, grant.refusal());
            }
            Explanation explanation = id == null
                    ? explanations.service(service, query, asker)
                    : explanations.instance(new InstanceKey(service, id), query, asker);
            return exchange.explanation(ctx, explanation, grant.linearizable());
        });
    }
}
