package io.rollcall.server.http;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import io.javalin.http.servlet.DefaultTasks;
import io.javalin.router.Endpoint;
import io.javalin.router.EndpointNotFound;
import io.javalin.util.JavalinException;
import io.rollcall.api.error.ErrorCode;
import io.rollcall.api.error.Problem;
import io.rollcall.server.app.RequestObserver;
import io.rollcall.server.app.access.Gatekeeper;
import io.rollcall.server.config.HttpSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server of a node: Javalin on Jetty with the route table, and nothing that a route did not ask for. */
public final class HttpServer {

    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

    private static final int BEAT_DRAINERS = 2;
    private static final long PROBE_MILLIS = 50;
    private static final long SWEEP_MILLIS = 500;

    private final RequestMeter meter;
    private final JettyParts jetty;
    private final UnsampledErrors unsampled;
    private final ConnectionGuard guard;
    private final QueueDelay delay;
    private final ScheduledExecutorService guarding = Executors.newSingleThreadScheduledExecutor(HttpServer::daemon);
    private final Exchange exchange;
    private final HttpGate gate;
    private final RouteTable table;
    private final Javalin javalin;

    /**
     * A server that accepts nothing yet.
     *
     * @param nodeId this node's id
     * @param listener where it serves
     * @param settings how it serves
     * @param protection whom it lets in, and what is written down of it
     * @param useCases what it serves
     * @param gatekeeper decides who may ask for it
     * @param observer is told of each request
     * @param stopTimeout how long a stop waits for requests that are being answered
     */
    public HttpServer(
            String nodeId,
            HttpListener listener,
            HttpSettings settings,
            Protection protection,
            UseCases useCases,
            Gatekeeper gatekeeper,
            RequestObserver observer,
            Duration stopTimeout) {
        meter = new RequestMeter(observer);
        unsampled = new UnsampledErrors(System::nanoTime);
        JettyErrors errors = new JettyErrors(nodeId, unsampled);
        RequestSpans spans = new RequestSpans(protection.tracing());
        guard = new ConnectionGuard(protection.doorkeeper(), protection.limits(), ConnectionGuard.PACE_NANOS);
        jetty = new JettyParts(nodeId, errors, listener, settings, guard, meter, stopTimeout);
        delay = new QueueDelay(jetty.threads(), protection.limits().queueTime().toNanos());
        Executor answering =
                new DrainingExecutor(jetty.threads(), Runtime.getRuntime().availableProcessors());
        // Of their own: behind a thousand answers to writes they would wait for as long as those take.
        Executor answeringBeats = new DrainingExecutor(jetty.threads(), BEAT_DRAINERS);
        AuditRecorder audit =
                new AuditRecorder(protection.audit(), protection.auditReads(), gatekeeper, InstantSource.system());
        gate = new HttpGate(
                gatekeeper, protection.doorkeeper(), listener.address().isLoopback());
        ListenerTls tls = listener.tls();
        ConnectionAges ages = tls == null ? null : new ConnectionAges(tls.connectionMaxAge());
        if (ages != null) {
            jetty.serveBeforeServlets(ages);
        }
        jetty.serveBeforeServlets(new Door(spans, errors, protection.doorkeeper(), delay, audit, meter));
        jetty.serveBeforeServlets(new HeartbeatHandler(nodeId, errors, useCases.heartbeats(), gate, answeringBeats));
        jetty.serveBeforeServlets(new WatchHandler(nodeId, errors, useCases, gate, ages));
        exchange = new Exchange(
                nodeId, useCases.catalog(), useCases.consistency(), answering, unsampled, protection.tracing());
        table = RouteTable.of(useCases, exchange, settings);
        audit.routes(table);
        spans.routes(table);
        javalin = Javalin.create(this::configure);
    }

    private void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        // Compression would copy what is shared, and a caller that wants it pays by latency on a local network.
        config.http.compressionStrategy = CompressionStrategy.NONE;
        config.http.defaultContentType = "application/json";
        config.http.generateEtags = false;
        config.http.prefer405over404 = true;
        // Strict: DELETE …/instances/$ID with an unset variable must not reach DELETE …/instances.
        config.router.ignoreTrailingSlashes = false;
        keepOnlyTheHandler(config);
        config.routes.exception(HttpResponseException.class, (e, ctx) -> refused(ctx, e));
        config.routes.exception(Exception.class, (e, ctx) -> exchange.fail(ctx, e));
        config.router.javaLangErrorHandler((response, error) -> {
            LOG.atError().setCause(error).log("a request failed by an error of the JVM");
            response.setStatus(ErrorCode.INTERNAL_ERROR.status());
        });
        jetty.configure(config.jetty);
        for (Route route : table.routes()) {
            add(config, HandlerType.findOrCreate(route.method()), route);
            if (route.method().equals("GET")) {
                add(config, HandlerType.HEAD, route);
            }
        }
    }

    // Of Javalin's steps around a handler none but the handler itself: each costs on every request.
    @SuppressWarnings("unchecked") // varargs of a generic type
    private static void keepOnlyTheHandler(JavalinConfig config) {
        config.requestLifeCycle(DefaultTasks.INSTANCE.getHTTP());
    }

    private void add(JavalinConfig config, HandlerType type, Route route) {
        // Javalin's own word for a parameter that takes slashes.
        String path = route.path().replace(Route.WITH_SLASHES, "<key>");
        config.routes.addEndpoint(Endpoint.Companion.create(type, path).handler(ctx -> {
            // Javalin heeds X-HTTP-Method-Override; whatever stands before this node looked at the method alone.
            if (!ctx.req().getMethod().equals(type.name())) {
                throw unrouted(ctx);
            }
            Passage.routed(ServletContextRequest.getServletContextRequest(ctx.req()), route.path());
            gate.admit(ctx, route.requirement());
            route.handler().handle(ctx);
        }));
    }

    private void refused(Context ctx, HttpResponseException refusal) {
        boolean isUnrouted = refusal instanceof MethodNotAllowedResponse || refusal instanceof EndpointNotFound;
        exchange.fail(ctx, isUnrouted ? unrouted(ctx) : refusal);
    }

    /** What a request without a route is told: that the path is unknown, or which methods it has. */
    private ProblemException unrouted(Context ctx) {
        String methods = table.methodsOf(ctx.req().getRequestURI());
        if (methods.isEmpty()) {
            return new ProblemException(Problems.ofStatus(ErrorCode.NOT_FOUND.status(), ""));
        }
        ctx.res().setHeader("Allow", methods);
        return new ProblemException(Problem.of(
                        ErrorCode.METHOD_NOT_ALLOWED,
                        ctx.req().getMethod() + " is not allowed here; allowed are " + methods)
                .with("allowed", methods));
    }

    private static Thread daemon(Runnable task) {
        Thread daemon = new Thread(task, "http-guard");
        daemon.setDaemon(true);
        return daemon;
    }

    /** Begins to accept connections. */
    public void start() {
        javalin.start();
        every(PROBE_MILLIS, delay::probe);
        every(SWEEP_MILLIS, guard::sweep);
    }

    private void every(long millis, Runnable look) {
        var unused = guarding.scheduleWithFixedDelay(look, millis, millis, TimeUnit.MILLISECONDS);
    }

    /**
     * Returns how many requests are being answered.
     *
     * @return streams among them
     */
    public long activeRequests() {
        return meter.active();
    }

    /**
     * Returns how many connections are open.
     *
     * @return 0 or more
     */
    public int connections() {
        return guard.connections();
    }

    /** All that is served. */
    List<Route> routes() {
        return table.routes();
    }

    /**
     * Returns how many requests were answered by a status of 500 or more without a span that tells of them.
     *
     * @return since the start
     */
    public long unsampledErrors() {
        return unsampled.count();
    }

    /** Accepts no connection any more, waits for the requests that are being answered, and closes all connections. */
    public void stop() {
        guarding.shutdownNow();
        try {
            javalin.stop();
        } catch (JavalinException e) {
            // Whoever is still unanswered is cut off, as was said it would be.
            LOG.atWarn().setCause(e).log("requests were still being answered when the time to stop was over");
        }
    }
}
