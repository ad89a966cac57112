package io.rollcall.server.http;

import io.rollcall.api.error.ErrorCode;
import io.rollcall.api.error.Problem;
import io.rollcall.api.http.Paths;
import io.rollcall.server.app.access.Doorkeeper;
import io.rollcall.server.app.access.Doorkeeper.Lane;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * The first to see a request, of which nothing is read but the head. Here it is told whether there is room for it, so that a
 * refusal costs next to nothing, and heartbeats do not stand in line behind what is refused. What lets a balancer and an
 * operator know how the node is (the two probes) always goes through.
 */
final class Door extends Handler.Wrapper {

    private static final int MAX_HEADERS = 100;
    private static final int RETRY_SECONDS_MAX = 3;
    private static final int UNAUTHORIZED = 401;
    private static final Set<String> OPEN = Set.of(Paths.LIVEZ, Paths.READYZ);

    private final RequestSpans spans;
    private final JettyErrors errors;
    private final Doorkeeper doorkeeper;
    private final QueueDelay delay;
    private final AuditRecorder audit;
    private final RequestMeter meter;

    Door(
            RequestSpans spans,
            JettyErrors errors,
            Doorkeeper doorkeeper,
            QueueDelay delay,
            AuditRecorder audit,
            RequestMeter meter) {
        this.spans = spans;
        this.errors = errors;
        this.meter = meter;
        this.doorkeeper = doorkeeper;
        this.delay = delay;
        this.audit = audit;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        meter.begin(request);
        HardeningHeaders.put(request, response.getHeaders());
        String path = request.getHttpURI().getCanonicalPath();
        String method = request.getMethod();
        if (path != null && OPEN.contains(path)) {
            return super.handle(request, response, callback);
        }
        spans.begin(request, response);
        Lane lane = lane(method, path == null ? "" : path);
        String address = Request.getRemoteAddr(request);
        boolean showsToken = request.getHeaders().contains(HttpHeader.AUTHORIZATION);
        Problem refusal = refusal(request, lane, address, showsToken);
        if (refusal != null) {
            refuse(request, response, callback, refusal);
            return true;
        }
        if (showsToken || audit.isOn()) {
            Request.addCompletionListener(request, failure -> ended(request, response, address, showsToken));
        }
        return super.handle(request, response, callback);
    }

    private void ended(Request request, Response response, String address, boolean showsToken) {
        if (showsToken && response.getStatus() == UNAUTHORIZED) {
            doorkeeper.loginFailed(address);
        }
        if (audit.isOn()) {
            audit.ended(request, response, address);
        }
    }

    /** What a request competes with. */
    static Lane lane(String method, String path) {
        boolean isRead = HttpMethod.GET.is(method) || HttpMethod.HEAD.is(method);
        boolean isBeat = (HttpMethod.PUT.is(method) && path.endsWith("/heartbeat"))
                || (HttpMethod.POST.is(method) && path.equals(Paths.HEARTBEATS));
        if (isBeat) {
            return Lane.BEAT;
        }
        // What the reader of a stream knows is no write through the log.
        return isRead || path.startsWith(Paths.WATCH + "/") ? Lane.READ : Lane.WRITE;
    }

    private @Nullable Problem refusal(Request request, Lane lane, String address, boolean showsToken) {
        if (request.getHeaders().size() > MAX_HEADERS) {
            return Problem.of(ErrorCode.HEADERS_TOO_LARGE, "there must be at most " + MAX_HEADERS + " headers")
                    .with("limit", MAX_HEADERS);
        }
        if (lane != Lane.READ && isFromAnotherSite(request)) {
            return Problem.of(
                    ErrorCode.PERMISSION_DENIED,
                    "a browser sent this for a page of another site, which may change nothing here");
        }
        if (lane != Lane.BEAT && delay.isStanding() && !isWhatTellsOfIt(request)) {
            return Problem.of(ErrorCode.OVERLOADED, "this node has more requests than it can handle; nothing was done")
                    .with("retryAfter", 1 + ThreadLocalRandom.current().nextInt(RETRY_SECONDS_MAX));
        }
        return doorkeeper.enter(lane, address, showsToken);
    }

    /** Whoever wants to know how it is has to be told in the worst of times, too; he costs no more the more often he asks. */
    private static boolean isWhatTellsOfIt(Request request) {
        return Paths.METRICS.equals(request.getHttpURI().getCanonicalPath());
    }

    /**
     * Whether a browser was made to send it by a page that is not of this node. Browsers say so; nobody else does, and needs no
     * protection from himself.
     */
    private static boolean isFromAnotherSite(Request request) {
        String site = request.getHeaders().get("Sec-Fetch-Site");
        if (site != null) {
            return !site.equals("same-origin") && !site.equals("none");
        }
        String origin = request.getHeaders().get(HttpHeader.ORIGIN);
        if (origin == null) {
            return false;
        }
        try {
            String authority = new URI(origin).getAuthority();
            return authority == null
                    || !authority.equalsIgnoreCase(request.getHeaders().get(HttpHeader.HOST));
        } catch (URISyntaxException e) {
            return true;
        }
    }

    private void refuse(Request request, Response response, Callback callback, Problem refusal) {
        boolean mayHaveBody = request.getLength() != 0;
        if (mayHaveBody && !request.consumeAvailable()) {
            // Otherwise a caller would send the next request into the close.
            response.getHeaders().put(HttpHeader.CONNECTION, "close");
        }
        request.setAttribute(AuditRecorder.CODE, refusal.code().wireName());
        errors.write(refusal.code().status(), refusal, response, callback);
    }
}
