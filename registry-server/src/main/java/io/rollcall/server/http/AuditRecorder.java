package io.rollcall.server.http;

import io.rollcall.api.http.Headers;
import io.rollcall.api.http.Paths;
import io.rollcall.api.model.Namespace;
import io.rollcall.api.model.Secret;
import io.rollcall.server.app.access.AuditEvent;
import io.rollcall.server.app.access.AuditTrail;
import io.rollcall.server.app.access.Caller;
import io.rollcall.server.app.access.Doorkeeper;
import io.rollcall.server.app.access.Gatekeeper;
import io.rollcall.server.app.access.Requirement;
import java.time.InstantSource;
import java.util.Map;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;

/**
 * Writes down who did what when it was answered, whichever part of the server answered: all writes but heartbeats, all denials,
 * all reads of an operator's matters and of secrets, and reads of data if that is asked for. What was refused at the door was not done, and is
 * not written down: it would let anybody fill the log.
 */
final class AuditRecorder {

    /** The attribute of a request that holds the code of the problem which it was answered with. */
    static final String CODE = "io.rollcall.problem-code";

    private static final int UNAUTHENTICATED = 401;
    private static final int FORBIDDEN = 403;
    private static final int MAX_TEXT = 512;

    private static final Pattern ADMINISTRATION = Pattern.compile("(operator|acl|keys|secret):.*");

    private final AuditTrail trail;
    private final boolean reads;
    private final Gatekeeper gatekeeper;
    private final InstantSource clock;
    private @Nullable RouteTable table;

    AuditRecorder(AuditTrail trail, boolean reads, Gatekeeper gatekeeper, InstantSource clock) {
        this.trail = trail;
        this.reads = reads;
        this.gatekeeper = gatekeeper;
        this.clock = clock;
    }

    /** To be called before anything is served: the routes are made of what needs the door. */
    void routes(RouteTable routes) {
        table = routes;
    }

    /** Whether anything is written down. */
    boolean isOn() {
        return trail != AuditTrail.NONE;
    }

    /** A request was answered. */
    void ended(Request request, Response response, String address) {
        RouteTable routes = table;
        if (routes == null || !isOn()) {
            return;
        }
        int status = response.getStatus();
        String method = request.getMethod();
        boolean denied = status == UNAUTHENTICATED || status == FORBIDDEN;
        boolean isRead = HttpMethod.GET.is(method) || HttpMethod.HEAD.is(method);
        String path = Request.getPathInContext(request);
        boolean isReveal = isRead && isReveal(request, path);
        // Before the routes are looked through: heartbeats and reads of data are most of what is asked.
        boolean isPlain =
                isRead ? !reads && !isReveal && isPlainData(path) : Door.lane(method, path) == Doorkeeper.Lane.BEAT;
        if (isPlain && !denied) {
            return;
        }
        RouteTable.Match match = routes.match(isRead ? "GET" : method, path);
        if (match == null || !(isReveal || concerns(match.route(), isRead, denied))) {
            return;
        }
        trail.record(event(request, response, address, match, status));
    }

    private static boolean isPlainData(String path) {
        return path.startsWith(Paths.SERVICES) || path.startsWith(Paths.CONFIG) || path.startsWith(Paths.WATCH);
    }

    /** Whether a secret of the configuration is asked for. */
    private static boolean isReveal(Request request, String path) {
        String query = request.getHttpURI().getQuery();
        return query != null && path.startsWith(Paths.CONFIG) && "true".equals(query(request, "reveal"));
    }

    private boolean concerns(Route route, boolean isRead, boolean denied) {
        if (denied) {
            return true;
        }
        if (isRead) {
            boolean isData = !ADMINISTRATION.matcher(route.requirement().text()).matches();
            return isData ? reads && !isOpen(route) : !RouteTable.OF_CLIENTS.contains(route.path());
        }
        return !RouteTable.SIGNS.contains(route.path());
    }

    private static boolean isOpen(Route route) {
        return route.requirement() instanceof Requirement.Open;
    }

    private AuditEvent event(Request request, Response response, String address, RouteTable.Match match, int status) {
        String index = response.getHeaders().get(Headers.INDEX);
        Map<String, String> target = match.parameters();
        String namespace = query(request, "namespace");
        target.put("namespace", namespace == null ? Namespace.DEFAULT.value() : brief(namespace));
        target.replaceAll((name, value) -> brief(value));
        Caller who = who(request);
        return new AuditEvent(
                clock.instant(),
                who == null ? null : who.identity(),
                who == null ? null : who.tokenId(),
                request.getMethod() + " " + match.route().path(),
                target,
                "true".equals(query(request, "dryRun")),
                status,
                request.getAttribute(CODE) instanceof String code ? code : null,
                status < UNAUTHENTICATED && index != null ? Long.parseLong(index) : 0,
                address,
                TraceIds.traceId(request));
    }

    /** Whoever was refused did not get behind the gate, and yet may have shown who he is. */
    private @Nullable Caller who(Request request) {
        if (request.getAttribute(HttpGate.CALLER) instanceof Caller known) {
            return known;
        }
        Secret authorization = Secret.ofNullable(request.getHeaders().get(HttpHeader.AUTHORIZATION));
        try {
            return authorization == null ? null : gatekeeper.identify(authorization);
        } catch (RuntimeException e) {
            // It is nobody's token.
            return null;
        }
    }

    private static @Nullable String query(Request request, String name) {
        try {
            Fields fields = Request.extractQueryParameters(request);
            return fields.getValue(name);
        } catch (RuntimeException e) {
            // It was refused for it.
            return null;
        }
    }

    private static String brief(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…";
    }
}
