package io.rollcall.server.http;

import io.javalin.http.Context;
import io.rollcall.api.http.Paths;
import io.rollcall.api.model.Namespace;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.api.model.ServiceName;
import io.rollcall.api.model.Violations;
import io.rollcall.server.app.HistoryQuery;
import io.rollcall.server.app.ReadDemand;
import io.rollcall.server.app.ServiceHistory;
import java.util.List;
import java.util.Set;

/** The routes that tell what happened. */
final class HistoryRoutes {

    private static final Set<String> PARAMETERS = ReadRoutes.union(ReadRoutes.CURRENCY, HistoryQuery.PARAMETERS);

    private final ServiceHistory history;
    private final Exchange exchange;

    HistoryRoutes(ServiceHistory history, Exchange exchange) {
        this.history = history;
        this.exchange = exchange;
    }

    List<Route> routes() {
        return List.of(new Route("GET", Paths.SERVICE_HISTORY, Needs.SERVICE_READ, this::history));
    }

    private void history(Context ctx) {
        Violations violations = new Violations();
        QueryParameters parameters = QueryParameters.parse(ctx.req().getQueryString(), PARAMETERS, violations);
        Namespace namespace = parameters.namespace();
        ServiceName name = violations.collect(() -> new ServiceName(ctx.pathParam("name")));
        HistoryQuery query = violations.collect(() -> HistoryQuery.parse(parameters.values()));
        ReadDemand demand = ReadRoutes.demand(parameters, violations);
        violations.throwIfAny();
        if (name != null && query != null) {
            exchange.whenCurrent(ctx, demand, () -> history.read(new ServiceKey(namespace, name), query));
        }
    }
}
