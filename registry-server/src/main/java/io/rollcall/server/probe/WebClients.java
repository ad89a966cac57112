package io.rollcall.server.probe;

import io.rollcall.api.model.Registration;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.HttpClientTransport;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.client.transport.HttpClientTransportOverHTTP2;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.component.ContainerLifeCycle;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Two of Jetty's HTTP clients, which connect only where a {@link Pin} says: one for HTTP/1.1 with and without TLS, one
 * for HTTP/2 without TLS. They follow no redirect, keep no cookie, use no proxy and ask for no compression.
 */
final class WebClients implements AutoCloseable {

    /** Most of a response's body, in bytes. */
    static final int MAX_BODY_BYTES = 4 * 1024;

    private static final int THREADS_MAX = 8;
    private static final int THREADS_MIN = 1;
    private static final int THREADS_IDLE_MILLIS = 10_000;
    private static final int REQUEST_BUFFER_BYTES = 2 * 1024;
    private static final int RESPONSE_BUFFER_BYTES = 4 * 1024;
    private static final int RESPONSE_HEADERS_MAX_BYTES = 16 * 1024;

    /** Longer than the usual interval, so that connections are used again; a silent leader keeps none. */
    private static final Duration CONNECTION_IDLE = Duration.ofSeconds(30);

    /** What a target that answers to nothing may hold longer than the check that met it. */
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private static final Duration DESTINATION_IDLE = Duration.ofMinutes(2);

    private final ContainerLifeCycle shared = new ContainerLifeCycle();
    private final QueuedThreadPool threads = new QueuedThreadPool(THREADS_MAX, THREADS_MIN, THREADS_IDLE_MILLIS);
    private final Scheduler scheduler = new ScheduledExecutorScheduler("rollcall-probe-timer", true);
    private final ByteBufferPool buffers = new ArrayByteBufferPool();
    private final HttpClient http1;
    private final HttpClient http2;

    /** Starts both, which takes a while. */
    WebClients(List<X509Certificate> authorities, int maxPerDestination) throws Exception {
        threads.setName("rollcall-probe");
        threads.setDaemon(true);
        shared.addBean(threads);
        shared.addBean(scheduler);
        ClientConnector tls = connector();
        tls.setSslContextFactory(trust(authorities));
        HTTP2Client withoutTls = new HTTP2Client(connector());
        withoutTls.setUseALPN(false);
        withoutTls.setMaxResponseHeadersSize(RESPONSE_HEADERS_MAX_BYTES);
        http1 = client(new HttpClientTransportOverHTTP(tls), maxPerDestination);
        http2 = client(new HttpClientTransportOverHTTP2(withoutTls), maxPerDestination);
        shared.addBean(http1);
        shared.addBean(http2);
        shared.start();
        // It is the start that adds gzip.
        http1.getContentDecoderFactories().clear();
        http2.getContentDecoderFactories().clear();
    }

    private ClientConnector connector() {
        ClientConnector connector = new ClientConnector();
        connector.setSelectors(1);
        connector.setExecutor(threads);
        connector.setScheduler(scheduler);
        connector.setByteBufferPool(buffers);
        return connector;
    }

    private HttpClient client(HttpClientTransport transport, int maxPerDestination) {
        // What listens to responses does not block, and a change of threads for each would cost more than it does.
        transport.setInvocationType(Invocable.InvocationType.NON_BLOCKING);
        HttpClient client = new HttpClient(transport);
        client.setExecutor(threads);
        client.setScheduler(scheduler);
        client.setByteBufferPool(buffers);
        client.setSocketAddressResolver(WebClients::pinned);
        client.setFollowRedirects(false);
        client.setHttpCookieStore(new HttpCookieStore.Empty());
        client.setUserAgentField(new HttpField(HttpHeader.USER_AGENT, "rollcall-check"));
        client.setMaxConnectionsPerDestination(maxPerDestination);
        client.setMaxRequestsQueuedPerDestination(maxPerDestination);
        client.setRequestBufferSize(REQUEST_BUFFER_BYTES);
        client.setResponseBufferSize(RESPONSE_BUFFER_BYTES);
        client.setMaxResponseHeadersSize(RESPONSE_HEADERS_MAX_BYTES);
        client.setIdleTimeout(CONNECTION_IDLE.toMillis());
        client.setConnectTimeout(CONNECT_TIMEOUT.toMillis());
        client.setDestinationIdleTimeout(DESTINATION_IDLE.toMillis());
        return client;
    }

    /** No resolver at all: the addresses were found and checked before, and came along as the request's tag. */
    private static void pinned(
            String host, int port, Map<String, Object> context, Promise<List<InetSocketAddress>> promise) {
        if (context.get(Destination.CONTEXT_KEY) instanceof Destination destination
                && destination.getOrigin().getTag() instanceof Pin.Pinned pin) {
            promise.succeeded(pin.addresses());
        } else {
            promise.failed(new IllegalStateException("no address of " + host + " was checked"));
        }
    }

    /** The system's authorities and these. */
    private static SslContextFactory.Client trust(List<X509Certificate> authorities) throws Exception {
        SslContextFactory.Client tls = new SslContextFactory.Client();
        tls.setEndpointIdentificationAlgorithm("HTTPS");
        if (!authorities.isEmpty()) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (X509Certificate certificate : authorities) {
                store.setCertificateEntry("settings-" + number++, certificate);
            }
            for (X509Certificate certificate : ofTheSystem()) {
                store.setCertificateEntry("system-" + number++, certificate);
            }
            tls.setTrustStore(store);
        }
        return tls;
    }

    private static List<X509Certificate> ofTheSystem() throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager x509) {
                return List.of(x509.getAcceptedIssuers());
            }
        }
        return List.of();
    }

    /** A request over HTTP/1.1, with no method, path and header yet. */
    Request http(Registration target, Pin.Pinned pin, boolean tls) {
        return request(http1, target, pin).scheme(tls ? "https" : "http");
    }

    /** A request over HTTP/2 without TLS and without asking for it, as gRPC does. */
    Request http2(Registration target, Pin.Pinned pin) {
        return request(http2, target, pin);
    }

    private static Request request(HttpClient client, Registration target, Pin.Pinned pin) {
        String host = target.host();
        // Not newRequest(host, port): java.net.URI knows no host with an underscore.
        return client.newRequest("localhost", target.port())
                .host(host.indexOf(':') >= 0 ? "[" + host + "]" : host)
                .tag(pin);
    }

    @Override
    public void close() {
        LifeCycle.stop(shared);
    }
}
