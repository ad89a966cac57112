package io.rollcall.server.http;

import io.rollcall.server.config.HttpSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All routes of the native interface. What is not here is not served. */
final class RouteTable {

    private final List<Row> rows;

    private record Row(Route route, Pattern pattern) {}

    private RouteTable(List<Route> routes) {
        rows = routes.stream()
                .map(route -> new Row(route, pattern(route.path())))
                .toList();
    }

    private static Pattern pattern(String path) {
        return Pattern.compile(Pattern.quote(path)
                .replace(Route.WITH_SLASHES, "\\E.+\\Q")
                .replaceAll("\\{[a-z]+}", "\\\\E[^/]+\\\\Q"));
    }

    static RouteTable of(UseCases useCases, Exchange exchange, HttpSettings settings) {
        List<Route> routes = new ArrayList<>();
        routes.addAll(new ReadRoutes(
                        useCases.catalog(), useCases.past(), useCases.consistency(), useCases.watches(), exchange)
                .routes());
        routes.addAll(new HistoryRoutes(useCases.history(), exchange).routes());
        routes.addAll(new ExplainRoutes(useCases.explanations(), useCases.consistency(), exchange).routes());
        routes.addAll(new WatchRoutes(useCases, exchange, settings.bodyTimeout()).routes());
        routes.addAll(new HeartbeatRoutes(useCases.heartbeats(), exchange, settings.bodyTimeout()).routes());
        routes.addAll(new WriteRoutes(useCases, exchange, settings.bodyTimeout()).routes());
        routes.addAll(new ConfigReadRoutes(useCases.configCatalog(), useCases.consistency(), exchange).routes());
        routes.addAll(new ConfigWriteRoutes(useCases.configuration(), exchange, settings.bodyTimeout()).routes());
        routes.addAll(new NodeRoutes(useCases.cluster(), useCases.expiry(), exchange).routes());
        return new RouteTable(routes);
    }

    List<Route> routes() {
        return rows.stream().map(Row::route).toList();
    }

    /** The methods that a path has, for {@code Allow}; empty for a path that nothing serves. */
    String methodsOf(String path) {
        return rows.stream()
                .filter(row -> row.pattern().matcher(path).matches())
                .map(row -> row.route().method())
                .flatMap(method -> method.equals("GET") ? Stream.of("GET", "HEAD") : Stream.of(method))
                .collect(Collectors.joining(", "));
    }
}
