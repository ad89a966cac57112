package io.rollcall.server.http;

import io.javalin.config.JettyConfig;
import io.rollcall.server.config.HttpSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The parts of Jetty under the server, each bounded. */
final class JettyParts {

    private static final int MIN_THREADS = 8;
    private static final int THREAD_IDLE_MILLIS = 60_000;
    private static final int STOPPING_IDLE_MILLIS = 100;

    // Left to itself the kernel takes some megabytes of a connection before anybody reads them, and drops them when the
    // body turns out to be too large: work and memory that whoever sends without an end would have for nothing.
    private static final int RECEIVE_BUFFER_BYTES = 128 * 1024;

    private final JettyErrors errors;
    private final HttpListener listener;
    private final HttpSettings settings;
    private final Duration stopTimeout;
    private final GracefulHandler root = new GracefulHandler();
    private Handler.Singleton last = root;
    private final QueuedThreadPool threads;
    private final ConnectionGuard guard;
    private final RequestMeter meter;

    JettyParts(
            String nodeId,
            JettyErrors errors,
            HttpListener listener,
            HttpSettings settings,
            ConnectionGuard guard,
            RequestMeter meter,
            Duration stopTimeout) {
        this.meter = meter;
        this.errors = errors;
        this.listener = listener;
        this.settings = settings;
        this.guard = guard;
        this.stopTimeout = stopTimeout;
        threads = new QueuedThreadPool(
                settings.maxThreads(), Math.min(MIN_THREADS, settings.maxThreads()), THREAD_IDLE_MILLIS);
        threads.setName("http-" + nodeId);
    }

    /** The threads that handle requests. */
    Executor threads() {
        return threads;
    }

    /** Has a handler look at each request before the servlets do, and behind those that were given before. */
    void serveBeforeServlets(Handler.Wrapper handler) {
        last.setHandler(handler);
        last = handler;
    }

    void configure(JettyConfig config) {
        config.threadPool = threads;
        config.modifyServer(this::tune);
        config.modifyHttpConfiguration(JettyParts::tune);
        config.modifyServletContextHandler(context -> context.setErrorHandler(errors));
        config.addConnector(this::connector);
    }

    private void tune(Server server) {
        // Javalin's own server counts requests for statistics that nobody reads.
        server.setHandler(root);
        server.setErrorHandler(errors);
        server.setRequestLog(meter);
        server.setStopTimeout(stopTimeout.toMillis());
        server.addBean(new NetworkConnectionLimit(settings.maxConnections(), server));
    }

    private static void tune(HttpConfiguration http) {
        http.setRequestHeaderSize(RequestLimits.HEADER_BYTES);
        http.setSendServerVersion(false);
        // No encoded slash, dot segment or half UTF-8 gets as far as a route.
        http.setUriCompliance(UriCompliance.DEFAULT);
    }

    private ServerConnector connector(Server server, HttpConfiguration http) {
        ServerConnector connector = new ServerConnector(server, connections(http));
        try {
            connector.open(listener.channel());
        } catch (IOException e) {
            throw new UncheckedIOException("accepting connections at " + listener.address(), e);
        }
        connector.addBean(guard);
        connector.setAcceptedSendBufferSize(ConnectionGuard.SEND_BUFFER_BYTES);
        connector.setIdleTimeout(settings.idleTimeout().toMillis());
        connector.setShutdownIdleTimeout(STOPPING_IDLE_MILLIS);
        connector.setAcceptedReceiveBufferSize(RECEIVE_BUFFER_BYTES);
        return connector;
    }

    private ConnectionFactory[] connections(HttpConfiguration http) {
        HttpConnectionFactory plain = new HttpConnectionFactory(http);
        ListenerTls tls = listener.tls();
        if (tls == null) {
            return new ConnectionFactory[] {plain};
        }
        // Also refuses requests for hosts that the certificate is not for.
        http.addCustomizer(new SecureRequestCustomizer());
        return new ConnectionFactory[] {TlsConnectionFactory.of(tls.contexts(), tls.clients()), plain};
    }
}
