package io.rollcall.client;

import io.rollcall.api.http.Headers;
import io.rollcall.api.http.Paths;
import io.rollcall.api.model.Namespace;
import io.rollcall.api.model.ServiceKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a watch asks each node for.
 *
 * @param target path and query
 * @param headers beside those that each request carries
 */
record WatchTarget(String target, Map<String, String> headers) {

    static WatchTarget of(Namespace namespace, List<ServiceKey> services, WatchOptions options) {
        QueryParameters parameters = Writes.inNamespace(namespace);
        for (ServiceKey service : services) {
            if (!service.namespace().equals(namespace)) {
                throw new IllegalArgumentException("a watch is of one namespace, this one of '" + namespace
                        + "', and has service '" + service + "'");
            }
            parameters.add("service", service.name().value());
        }
        options.selection().addTo(parameters);
        return of(parameters, options);
    }

    static WatchTarget ofConfig(Namespace namespace, String prefix, WatchOptions options) {
        if (!options.selection().equals(WatchOptions.healthy().selection())) {
            throw new IllegalArgumentException("a watch of configuration selects no instances");
        }
        QueryParameters parameters = Writes.inNamespace(namespace);
        parameters.add("config", prefix);
        return of(parameters, options);
    }

    private static WatchTarget of(QueryParameters parameters, WatchOptions options) {
        String subscriber = options.subscriber();
        Map<String, String> headers = subscriber == null ? Map.of() : Map.of(Headers.SUBSCRIBER, subscriber);
        return new WatchTarget(Paths.WATCH + parameters, headers);
    }

    /** The headers of a stream that goes on behind an event; null for one that begins. */
    Map<String, String> resumingAt(@Nullable Long lastEventId) {
        if (lastEventId == null) {
            return headers;
        }
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put("Last-Event-ID", lastEventId.toString());
        return more;
    }
}
