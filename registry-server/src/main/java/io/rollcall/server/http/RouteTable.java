package io.rollcall.server.http;

import io.rollcall.api.http.Paths;
import io.rollcall.server.config.HttpSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All routes of the native interface. What is not here is not served. */
final class RouteTable {

    private static final Pattern PARAMETER = Pattern.compile("\\{([a-z]+)}");

    private final List<Row> rows;

    /** Reads of an operator's matters that all clients do, to find their way. */
    static final Set<String> OF_CLIENTS = Set.of(Paths.CLUSTER, Paths.CLUSTER_WATCH, Paths.OPENAPI);

    /** What callers send all the time, and what changes nothing that lasts. */
    static final Set<String> SIGNS = Set.of(Paths.INSTANCE_HEARTBEAT, Paths.HEARTBEATS, Paths.WATCH_SUBSCRIPTION);

    private record Row(Route route, Pattern pattern, List<String> parameters) {}

    /**
     * A route that serves a request.
     *
     * @param route which
     * @param parameters of its path, by name; for whoever asked
     */
    record Match(Route route, Map<String, String> parameters) {}

    private RouteTable(List<Route> routes) {
        rows = routes.stream()
                .map(route -> new Row(route, pattern(route.path()), parameters(route.path())))
                .toList();
    }

    private static Pattern pattern(String path) {
        return Pattern.compile(Pattern.quote(path)
                .replace(Route.WITH_SLASHES, "\\E(.+)\\Q")
                .replaceAll("\\{[a-z]+}", "\\\\E([^/]+)\\\\Q"));
    }

    private static List<String> parameters(String path) {
        return PARAMETER.matcher(path).results().map(found -> found.group(1)).toList();
    }

    static RouteTable of(UseCases useCases, Exchange exchange, HttpSettings settings) {
        List<Route> routes = new ArrayList<>();
        routes.addAll(new ReadRoutes(
                        useCases.catalog(), useCases.past(), useCases.consistency(), useCases.watches(), exchange)
                .routes());
        routes.addAll(new HistoryRoutes(useCases.history(), exchange).routes());
        routes.addAll(new ExplainRoutes(useCases.explanations(), exchange).routes());
        routes.addAll(new WatchRoutes(useCases, exchange, settings.bodyTimeout()).routes());
        routes.addAll(new HeartbeatRoutes(useCases.heartbeats(), exchange, settings.bodyTimeout()).routes());
        routes.addAll(new WriteRoutes(useCases, exchange, settings.bodyTimeout()).routes());
        routes.addAll(new ConfigReadRoutes(useCases.configCatalog(), useCases.consistency(), exchange).routes());
        routes.addAll(new ConfigWriteRoutes(useCases.configuration(), exchange, settings.bodyTimeout()).routes());
        routes.addAll(new AclRoutes(useCases.access(), exchange, settings.bodyTimeout()).routes());
        routes.addAll(new NodeRoutes(useCases.cluster(), useCases.expiry(), useCases.metrics(), exchange).routes());
        routes.addAll(new KeyRoutes(useCases.keys(), exchange).routes());
        routes.addAll(new LogLevelRoutes(useCases.logLevels(), exchange, settings.bodyTimeout()).routes());
        return new RouteTable(routes);
    }

    List<Route> routes() {
        return rows.stream().map(Row::route).toList();
    }

    /**
     * Finds the route of a request.
     *
     * @param method {@code GET} for {@code HEAD}, too
     * @param path decoded
     * @return null if nothing serves it
     */
    @Nullable
    Match match(String method, String path) {
        for (Row row : rows) {
            Matcher matcher =
                    row.route().method().equals(method) ? row.pattern().matcher(path) : null;
            if (matcher != null && matcher.matches()) {
                Map<String, String> parameters = new LinkedHashMap<>();
                for (int i = 0; i < row.parameters().size(); i++) {
                    parameters.put(row.parameters().get(i), matcher.group(i + 1));
                }
                return new Match(row.route(), parameters);
            }
        }
        return null;
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
