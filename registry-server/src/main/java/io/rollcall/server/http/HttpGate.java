package io.rollcall.server.http;

import io.javalin.http.Context;
import io.rollcall.api.error.ErrorCode;
import io.rollcall.api.error.Problem;
import io.rollcall.api.model.InvalidRequestException;
import io.rollcall.api.model.Namespace;
import io.rollcall.api.model.Secret;
import io.rollcall.api.model.Violation;
import io.rollcall.api.model.Violations;
import io.rollcall.server.app.access.Caller;
import io.rollcall.server.app.access.Doorkeeper;
import io.rollcall.server.app.access.Doorkeeper.Lane;
import io.rollcall.server.app.access.Gatekeeper;
import io.rollcall.server.app.access.Requirement;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Stands in front of every handler. What it looks at is what the handlers use: the parameters of the path as the router
 * decoded them, and the namespace as {@link QueryParameters} reads it.
 */
final class HttpGate {

    private static final String AUTHORIZATION = "Authorization";

    /** The attribute of a request that holds who asks. */
    static final String CALLER = "io.rollcall.caller";

    private static final String PASSED = "io.rollcall.passed";

    private static final int RETRY_SECONDS = 30;
    private static final Set<String> NAMESPACE = Set.of("namespace");

    private final Gatekeeper gatekeeper;
    private final Doorkeeper doorkeeper;
    private final boolean isOnLoopback;
    // Bounded by the connections.
    private final Map<String, Integer> watches = new ConcurrentHashMap<>();

    /**
     * The gate of a listener.
     *
     * @param gatekeeper decides
     * @param doorkeeper counts what is asked by each token
     * @param isOnLoopback whether only this machine reaches the listener
     */
    HttpGate(Gatekeeper gatekeeper, Doorkeeper doorkeeper, boolean isOnLoopback) {
        this.gatekeeper = gatekeeper;
        this.doorkeeper = doorkeeper;
        this.isOnLoopback = isOnLoopback;
    }

    /** Lets a request in, or throws why not. */
    void admit(Context ctx, Requirement requirement) {
        // A second header would be one that somebody else has read, or has not.
        var headers = ctx.req().getHeaders(AUTHORIZATION);
        String authorization = headers.hasMoreElements() ? headers.nextElement() : null;
        if (headers.hasMoreElements()) {
            throw twice();
        }
        Caller caller =
                gatekeeper.admit(requirement, Secret.ofNullable(authorization), new RoutedTarget(ctx, isOnLoopback));
        entered(ServletContextRequest.getServletContextRequest(ctx.req()), caller);
        ctx.attribute(PASSED, new Passed(caller, requirement, this));
    }

    /** Somebody was let in: it is noted who, and counted against his token, or thrown that it is too much. */
    void entered(Request request, Caller caller) {
        request.setAttribute(CALLER, caller);
        String rateKey = caller.rateKey();
        if (rateKey != null) {
            Lane lane = Door.lane(request.getMethod(), Request.getPathInContext(request));
            Problem refusal = doorkeeper.spend(lane, rateKey, Request.getRemoteAddr(request));
            if (refusal != null) {
                throw new ProblemException(refusal);
            }
        }
    }

    private record Passed(Caller caller, Requirement requirement, HttpGate gate) {}

    /** Decides on a request once more that has waited, as it would be decided now, or throws why not. */
    static void admitAgain(Context ctx) {
        Passed passed = passed(ctx);
        HttpGate gate = passed.gate;
        Caller caller = gate.gatekeeper.admit(
                passed.requirement,
                Secret.ofNullable(ctx.req().getHeader(AUTHORIZATION)),
                new RoutedTarget(ctx, gate.isOnLoopback));
        ctx.attribute(PASSED, new Passed(caller, passed.requirement, gate));
    }

    /** Who decides. */
    Gatekeeper gatekeeper() {
        return gatekeeper;
    }

    /** A stream is to begin: it is counted until it ends, or thrown that its address has too many. */
    void followed(Request request) {
        String address = Request.getRemoteAddr(request);
        int max = doorkeeper.maxWatches(address);
        if (watches.merge(address, 1, Integer::sum) > max) {
            ended(address);
            throw new ProblemException(
                    Problem.of(ErrorCode.RATE_LIMITED, "this address has " + max + " streams; no more are opened")
                            .with("limit", max)
                            .with("retryAfter", RETRY_SECONDS));
        }
        Request.addCompletionListener(request, failure -> ended(address));
    }

    private void ended(String address) {
        watches.computeIfPresent(address, (same, count) -> count == 1 ? null : count - 1);
    }

    /** Refuses a request that says twice who asks. */
    static InvalidRequestException twice() {
        return new InvalidRequestException(new Violation(AUTHORIZATION, "must be given once"));
    }

    /** Who asks; only behind the gate there is one. */
    static Caller caller(Context ctx) {
        return passed(ctx).caller;
    }

    /** Who decides what the gate does not. */
    static Gatekeeper gatekeeper(Context ctx) {
        return passed(ctx).gate.gatekeeper;
    }

    private static Passed passed(Context ctx) {
        Passed passed = ctx.attribute(PASSED);
        if (passed == null) {
            throw new IllegalStateException("a handler without a gate in front of it: " + ctx.path());
        }
        return passed;
    }

    /** The namespace that a handler of this query will use. */
    static Namespace namespace(@Nullable String query) {
        if (query == null) {
            return Namespace.DEFAULT;
        }
        // Of what else is bad the handler tells, and then does nothing.
        Violations others = new Violations();
        String text = QueryParameters.parse(query, NAMESPACE, others).text("namespace");
        return text == null ? Namespace.DEFAULT : new Namespace(text);
    }

    private record RoutedTarget(Context ctx, boolean isOnLoopback) implements Requirement.Target {

        @Override
        public Namespace namespace() {
            return HttpGate.namespace(ctx.req().getQueryString());
        }

        @Override
        public String name() {
            String name = ctx.pathParamMap().get("name");
            return name == null ? ctx.pathParam("key") : name;
        }
    }
}
