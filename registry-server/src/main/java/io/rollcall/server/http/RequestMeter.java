package io.rollcall.server.http;

import io.rollcall.server.app.RequestObserver;
import java.util.concurrent.atomic.LongAdder;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.NanoTime;

/**
 * Tells of each request once its answer has left. As the server's log of requests, since Jetty calls that for each, and a
 * listener would have to be made for each.
 */
final class RequestMeter implements RequestLog {

    private final RequestObserver observer;
    private final LongAdder active = new LongAdder();

    RequestMeter(RequestObserver observer) {
        this.observer = observer;
    }

    /** A request came in. */
    void begin(Request request) {
        active.increment();
        Passage.begin(request);
    }

    /** How many are being answered. */
    long active() {
        return active.sum();
    }

    @Override
    public void log(Request request, Response response) {
        if (Passage.hasBegun(request)) {
            active.decrement();
        }
        String method = request.getMethod();
        RequestSpan span = RequestSpan.of(request);
        observer.answered(
                // Of one that could not be read it may be anything.
                method == null ? "" : method,
                Passage.route(request),
                response.getStatus(),
                request.getAttribute(AuditRecorder.CODE) instanceof String code ? code : null,
                NanoTime.since(request.getBeginNanoTime()),
                span == null ? request.getHeaders().get(TraceIds.TRACE_PARENT) : span.traceParent());
    }
}
