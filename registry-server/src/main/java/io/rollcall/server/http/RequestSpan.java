package io.rollcall.server.http;

import io.rollcall.api.http.Headers;
import io.rollcall.api.http.Paths;
import io.rollcall.server.trace.OpenSpan;
import io.rollcall.server.trace.SpanKeys;
import io.rollcall.server.trace.TraceParents;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.jspecify.annotations.Nullable;

/**
 * The span of a request that is sampled, by the semantic conventions for HTTP. All that is told of the request is looked up
 * when it ends. Thread-safe.
 */
final class RequestSpan {

    private static final String ATTRIBUTE = "io.rollcall.span";

    private static final int SERVER_ERROR = 500;
    private static final int MAX_TEXT = 256;
    private static final String OTHER = "_OTHER";
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT");

    private final OpenSpan open;
    private final RouteTable routes;
    private final Request request;
    private final Response response;
    private final AtomicBoolean hasEnded = new AtomicBoolean();

    private RequestSpan(OpenSpan open, RouteTable routes, Request request, Response response) {
        this.open = open;
        this.routes = routes;
        this.request = request;
        this.response = response;
    }

    /** Begins it; it ends with the request, unless it is ended before. */
    static void begin(OpenSpan open, RouteTable routes, Request request, Response response) {
        RequestSpan span = new RequestSpan(open, routes, request, response);
        request.setAttribute(ATTRIBUTE, span);
        Request.addCompletionListener(request, span::end);
    }

    /** The span of a request; null if it is not sampled. */
    static @Nullable RequestSpan of(Request request) {
        return request.getAttribute(ATTRIBUTE) instanceof RequestSpan span ? span : null;
    }

    /** Methods are a label: there must be few of them, whoever calls. */
    static String knownMethod(String method) {
        return METHODS.contains(method) ? method : OTHER;
    }

    String traceParent() {
        return open.traceParent();
    }

    String traceId() {
        return TraceParents.traceId(open.traceParent());
    }

    /** A stream has begun, which is what was asked for: its hours are nobody's time of waiting. */
    void established(@Nullable String subscription) {
        open.set(SpanKeys.SUBSCRIPTION, subscription);
        end(null);
    }

    /** Ends it, with what the request came to; why the connection failed, if it did. */
    void end(@Nullable Throwable failure) {
        if (!hasEnded.compareAndSet(false, true)) {
            return;
        }
        try {
            tellRequest();
            tellRoute();
            tellAnswer(failure);
        } finally {
            open.end();
        }
    }

    private void tellRequest() {
        String method = request.getMethod();
        String known = knownMethod(method);
        open.set("http.request.method", known)
                .set("http.request.method_original", known.equals(method) ? null : brief(method))
                .set("url.scheme", request.getHttpURI().getScheme())
                .set("url.path", brief(request.getHttpURI().getPath()))
                .set("url.query", QueryText.shown(request.getHttpURI().getQuery()))
                .set("network.protocol.version", version())
                .set("client.address", Request.getRemoteAddr(request))
                .set("server.address", Request.getServerName(request))
                .set("server.port", Request.getServerPort(request))
                .set("user_agent.original", brief(request.getHeaders().get(HttpHeader.USER_AGENT)));
    }

    private String version() {
        String version = request.getConnectionMetaData().getHttpVersion().asString();
        return version.substring(version.indexOf('/') + 1);
    }

    private void tellRoute() {
        String method = request.getMethod();
        RouteTable.Match match =
                routes.match("HEAD".equals(method) ? "GET" : method, Request.getPathInContext(request));
        if (match == null) {
            return;
        }
        String route = match.route().path();
        open.rename(knownMethod(method) + " " + route);
        open.set("http.route", route);
        Map<String, String> parameters = match.parameters();
        if (route.startsWith(Paths.SERVICES)) {
            open.set(SpanKeys.SERVICE_NAME, brief(parameters.get("name")))
                    .set(SpanKeys.INSTANCE_ID, brief(parameters.get("id")));
        } else if (route.startsWith(Paths.CONFIG)) {
            open.set(SpanKeys.CONFIG_KEY, brief(parameters.get("key")));
        }
    }

    private void tellAnswer(@Nullable Throwable failure) {
        int status = response.getStatus();
        open.set("http.response.status_code", status);
        String code = request.getAttribute(AuditRecorder.CODE) instanceof String known ? known : null;
        open.set(SpanKeys.PROBLEM, code);
        String index = response.getHeaders().get(Headers.INDEX);
        if (index != null) {
            open.set(SpanKeys.INDEX, Long.parseLong(index));
        }
        if (status >= SERVER_ERROR) {
            open.fail(code == null ? Integer.toString(status) : code, null);
        } else if (failure != null) {
            open.fail(failure.getClass().getName(), "the connection failed before the answer was sent");
        }
    }

    private static @Nullable String brief(@Nullable String text) {
        return text == null || text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…";
    }
}
