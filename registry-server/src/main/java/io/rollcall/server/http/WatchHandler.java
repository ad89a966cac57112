package io.rollcall.server.http;

import io.rollcall.api.error.Problem;
import io.rollcall.api.http.Headers;
import io.rollcall.api.http.Paths;
import io.rollcall.api.model.Namespace;
import io.rollcall.api.model.Secret;
import io.rollcall.api.model.Violations;
import io.rollcall.server.app.Catalog;
import io.rollcall.server.app.ConfigCatalog;
import io.rollcall.server.app.Reader;
import io.rollcall.server.app.WatchQuery;
import io.rollcall.server.app.Watches;
import io.rollcall.server.app.access.Caller;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the stream of changes in front of the servlets: these hold more memory for each request than a watcher that
 * hears nothing for hours is worth, and their output is made for answers that end.
 */
final class WatchHandler extends Handler.Wrapper {

    private static final Logger LOG = LoggerFactory.getLogger(WatchHandler.class);

    private static final String LAST_EVENT_ID = "Last-Event-ID";
    private static final String LAST_EVENT_ID_PARAMETER = "lastEventId";
    private static final int MAX_INDEX_DIGITS = 18;

    private static final Set<String> PARAMETERS = parameters();

    private final String nodeId;
    private final JettyErrors errors;
    private final Watches watches;
    private final Catalog catalog;
    private final ConfigCatalog configuration;
    private final HttpGate gate;
    private final @Nullable ConnectionAges ages;

    /**
     * A handler in front of others.
     *
     * @param nodeId this node's id
     * @param errors writes refusals
     * @param useCases tell of changes, and of what is hidden
     * @param gate knows who asks
     * @param ages ends streams with their connections; null: these have no age
     */
    WatchHandler(String nodeId, JettyErrors errors, UseCases useCases, HttpGate gate, @Nullable ConnectionAges ages) {
        this.nodeId = nodeId;
        this.errors = errors;
        this.watches = useCases.watches();
        this.catalog = useCases.catalog();
        this.configuration = useCases.configCatalog();
        this.gate = gate;
        this.ages = ages;
    }

    private static Set<String> parameters() {
        Set<String> parameters = new HashSet<>(WatchQuery.PARAMETERS);
        parameters.add("namespace");
        parameters.add(LAST_EVENT_ID_PARAMETER);
        return Set.copyOf(parameters);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        boolean isHead = HttpMethod.HEAD.is(request.getMethod());
        boolean isWatch = Paths.WATCH.equals(Request.getPathInContext(request))
                && (isHead || HttpMethod.GET.is(request.getMethod()));
        if (!isWatch) {
            return super.handle(request, response, callback);
        }
        Passage.routed(request, Paths.WATCH);
        try {
            open(request, response, callback, isHead);
        } catch (RuntimeException e) {
            refuse(request, response, callback, e);
        }
        return true;
    }

    private void open(Request request, Response response, Callback callback, boolean isHead) {
        Caller caller = caller(request);
        gate.entered(request, caller);
        Violations violations = new Violations();
        QueryParameters parameters = QueryParameters.parse(request.getHttpURI().getQuery(), PARAMETERS, violations);
        Namespace namespace = parameters.namespace();
        WatchQuery query = violations.collect(() -> WatchQuery.parse(namespace, parameters.values()));
        long resumeAt = resumeAt(request, parameters, violations);
        Reader reader = Readers.of(
                request.getHeaders().get(Headers.SUBSCRIBER),
                Request.getRemoteAddr(request),
                Request.getRemotePort(request),
                violations);
        violations.throwIfAny();
        if (query == null) {
            throw new IllegalStateException("a query without a value and without a violation");
        }
        Problem refusal = watches.refusal(query, caller);
        if (refusal != null) {
            throw new ProblemException(refusal);
        }
        int hidden = query.hidden(caller, catalog, configuration);
        if (hidden >= 0) {
            response.getHeaders().put(Headers.HIDDEN, hidden);
        }
        if (isHead) {
            JettyEventStream.headers(nodeId, response);
            callback.succeeded();
            return;
        }
        gate.followed(request);
        request.getConnectionMetaData().setAttribute(ConnectionGuard.STREAM, true);
        // A stream may be silent for as long as it likes, and its reader has nothing more to say.
        request.addIdleTimeoutListener(timeout -> false);
        JettyEventStream stream = new JettyEventStream(nodeId, response, callback);
        if (ages != null) {
            ages.endInTime(request, stream::end);
        }
        var unused = watches.open(query, resumeAt, caller, reader, stream).whenComplete((problem, failure) -> {
            if (failure != null) {
                refuse(request, response, callback, failure);
            } else {
                problem.ifPresentOrElse(
                        why -> refuse(request, response, callback, new ProblemException(why)),
                        () -> began(request, response));
            }
        });
    }

    private static void began(Request request, Response response) {
        RequestSpan span = RequestSpan.of(request);
        if (span != null) {
            span.established(response.getHeaders().get(Headers.SUBSCRIPTION));
        }
    }

    private Caller caller(Request request) {
        List<String> authorizations = request.getHeaders().getValuesList(HttpHeader.AUTHORIZATION);
        if (authorizations.size() > 1) {
            throw HttpGate.twice();
        }
        // Which services or keys are watched is decided below, one by one.
        return gate.gatekeeper().identify(authorizations.isEmpty() ? null : Secret.of(authorizations.get(0)));
    }

    /** The header first: a browser that connects again sends it with the address that it began with. */
    private static long resumeAt(Request request, QueryParameters parameters, Violations violations) {
        Long inQuery = parameters.wholeNumber(LAST_EVENT_ID_PARAMETER, 0);
        String header = request.getHeaders().get(LAST_EVENT_ID);
        if (header == null) {
            return inQuery == null ? 0 : inQuery;
        }
        if (header.isEmpty()
                || header.length() > MAX_INDEX_DIGITS
                || !header.chars().allMatch(c -> c >= '0' && c <= '9')) {
            violations.add(LAST_EVENT_ID, "must be the id of an event, a whole number");
            return 0;
        }
        return Long.parseLong(header);
    }

    private void refuse(Request request, Response response, Callback callback, Throwable failure) {
        Problem problem = Problems.of(failure);
        request.setAttribute(AuditRecorder.CODE, problem.code().wireName());
        if (Problems.isOurFault(problem)) {
            LOG.atError()
                    .addKeyValue("path", Paths.WATCH)
                    .addKeyValue("traceId", TraceIds.traceId(request))
                    .setCause(failure)
                    .log("a request failed by a fault of this node");
        }
        errors.write(problem.code().status(), problem, response, callback);
    }
}
