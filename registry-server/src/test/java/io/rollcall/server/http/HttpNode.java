package io.rollcall.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rollcall.api.model.Member;
import io.rollcall.api.model.Registration;
import io.rollcall.server.app.BulkDeregistration;
import io.rollcall.server.app.CanaryFigures;
import io.rollcall.server.app.Catalog;
import io.rollcall.server.app.ClusterAdmin;
import io.rollcall.server.app.ConfigCatalog;
import io.rollcall.server.app.Configuration;
import io.rollcall.server.app.Drains;
import io.rollcall.server.app.ExpiryControl;
import io.rollcall.server.app.Explanations;
import io.rollcall.server.app.FakeLeases;
import io.rollcall.server.app.FakeVault;
import io.rollcall.server.app.FollowerAnswers;
import io.rollcall.server.app.Founding;
import io.rollcall.server.app.Heartbeats;
import io.rollcall.server.app.KeyControl;
import io.rollcall.server.app.LocalCluster;
import io.rollcall.server.app.MetricsReport;
import io.rollcall.server.app.PastCatalog;
import io.rollcall.server.app.PastDesk;
import io.rollcall.server.app.ReadConsistency;
import io.rollcall.server.app.Registrations;
import io.rollcall.server.app.RequestIds;
import io.rollcall.server.app.RequestObserver;
import io.rollcall.server.app.ServiceHistory;
import io.rollcall.server.app.Subscribers;
import io.rollcall.server.app.Watches;
import io.rollcall.server.app.Writes;
import io.rollcall.server.app.access.AccessAdmin;
import io.rollcall.server.app.access.AuditTrail;
import io.rollcall.server.app.access.Doorkeeper;
import io.rollcall.server.app.access.Gatekeeper;
import io.rollcall.server.app.access.SignedLogin;
import io.rollcall.server.app.access.Storage;
import io.rollcall.server.app.access.Vigil;
import io.rollcall.server.config.AclDefault;
import io.rollcall.server.config.ConfigurationSettings;
import io.rollcall.server.config.HostPort;
import io.rollcall.server.config.HttpSettings;
import io.rollcall.server.config.LimitSettings;
import io.rollcall.server.config.RequestSettings;
import io.rollcall.server.config.ServerSettings;
import io.rollcall.server.config.WatchSettings;
import io.rollcall.server.telemetry.NodeLog;
import io.rollcall.server.trace.Tracing;
import io.rollcall.server.view.AclView;
import io.rollcall.server.view.ClusterIdentity;
import io.rollcall.server.watch.ConfigPast;
import io.rollcall.server.watch.Notices;
import io.rollcall.server.watch.StoredTouches;
import io.rollcall.server.watch.WatchHub;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

/** A node over real HTTP on a port of its own, in front of a {@link LocalCluster}. */
final class HttpNode implements AutoCloseable {

    static final Duration BODY_TIMEOUT = Duration.ofMillis(700);

    /** The address that no health check may have. */
    static final String FORBIDDEN_TARGET = "169.254.169.254";

    /** Short intervals, so that tests are. */
    private static final WatchSettings WATCH =
            new WatchSettings(1_000, 1_000, Duration.ofSeconds(1), Duration.ofSeconds(2), 10_000, 1_000);

    static final ConfigurationSettings CONFIGURATION = new ConfigurationSettings(500, 10 << 20);

    static final LimitSettings LIMITS = ServerSettings.load(Map.of(), Map.of()).limits();

    private static final ObjectMapper JSON = new ObjectMapper();

    final LocalCluster cluster;
    final FakeLeases leases;
    final int port;
    final WatchHub hub;
    final AclView acl = new AclView();
    final Gatekeeper gatekeeper;
    final Vigil vigil;

    /** By how much the clock that ends tokens is ahead. */
    final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

    private final InstantSource clock = () -> Instant.now().plus(ahead.get());
    final List<Throwable> faults = new CopyOnWriteArrayList<>();
    volatile boolean stopping;

    /** What was told of requests: method, route, status and code of each. */
    final Queue<String> answered = new ConcurrentLinkedQueue<>();

    /** The traces that they were told with, but for those of none. */
    final Queue<String> traced = new ConcurrentLinkedQueue<>();

    private final RequestObserver observer = (method, route, status, code, nanos, traceParent) -> {
        answered.add(method + " " + route + " " + status + " " + code);
        if (traceParent != null) {
            traced.add(traceParent);
        }
    };

    /** What the members have announced; as it is now, nobody waits for more. */
    volatile ClusterIdentity identity =
            new ClusterIdentity("test-cluster", 1, List.of(new Member("n1", "127.0.0.1:1", 1)));

    // Not the common pool: on two processors a test that blocks in it would block the node.
    private final ExecutorService workers = Executors.newFixedThreadPool(2);
    private final HttpServer server;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    HttpNode(Path folder) {
        this(folder, WATCH);
    }

    HttpNode(Path folder, WatchSettings watch) {
        this(folder, watch, AclDefault.ALLOW);
    }

    HttpNode(Path folder, WatchSettings watch, AclDefault byDefault) {
        this(folder, watch, byDefault, SignedLogin.NONE);
    }

    HttpNode(Path folder, WatchSettings watch, AclDefault byDefault, SignedLogin login) {
        this(folder, watch, byDefault, Doorkeeper.NONE, AuditTrail.NONE, LIMITS, login, Tracing.NONE);
    }

    HttpNode(Path folder, AclDefault byDefault, AuditTrail audit, SignedLogin login) {
        this(folder, WATCH, byDefault, Doorkeeper.NONE, audit, LIMITS, login, Tracing.NONE);
    }

    HttpNode(Path folder, Tracing tracing) {
        this(folder, WATCH, AclDefault.ALLOW, Doorkeeper.NONE, AuditTrail.NONE, LIMITS, SignedLogin.NONE, tracing);
    }

    HttpNode(Path folder, AclDefault byDefault, Doorkeeper doorkeeper, AuditTrail audit, LimitSettings limits) {
        this(folder, WATCH, byDefault, doorkeeper, audit, limits, SignedLogin.NONE, Tracing.NONE);
    }

    private HttpNode(
            Path folder,
            WatchSettings watch,
            AclDefault byDefault,
            Doorkeeper doorkeeper,
            AuditTrail audit,
            LimitSettings limits,
            SignedLogin login,
            Tracing tracing) {
        cluster = new LocalCluster(folder);
        var requests = new RequestSettings(Duration.ofSeconds(5), Duration.ofSeconds(5), 30);
        var writes = new Writes(cluster, cluster, cluster.view, new RequestIds("n1"), requests, workers, tracing);
        leases = new FakeLeases(cluster.view);
        cluster.followers.add(acl);
        gatekeeper = new Gatekeeper(acl, byDefault, cluster::hasCaughtUp, clock, login);
        vigil = new Vigil(gatekeeper);
        vigil.start();
        var registrations = new Registrations(writes, HttpNode::refusalOfTarget, gatekeeper, Storage.UNBOUNDED);
        hub = new WatchHub(
                "n1",
                cluster.view,
                watch,
                new StoredTouches(() -> cluster),
                new ConfigPast(cluster.config, cluster::version),
                workers,
                workers,
                System::nanoTime,
                new Notices(tracing, InstantSource.system()),
                failure -> faults.add(failure));
        cluster.followers.add(hub);
        hub.start();
        var consistency = new ReadConsistency(cluster, "n1", requests.readDeadline());
        var subscribers = new Subscribers(new FollowerAnswers("n1", hub, () -> null), cluster);
        var desk = new PastDesk(cluster, 100_000, workers, InstantSource.system());
        var founding = new Founding(cluster, () -> identity, () -> true, () -> false, System::nanoTime);
        var useCases = new UseCases(
                registrations,
                new BulkDeregistration(writes, cluster.view, requests.unconfirmedPercent()),
                new Heartbeats(leases, cluster.view, cluster, gatekeeper, requests.writeDeadline()),
                new Drains(registrations, subscribers),
                new Catalog(cluster.view, leases),
                new PastCatalog(desk, cluster.view),
                new ServiceHistory(desk, cluster.view),
                new Configuration(writes, cluster.config, cluster, CONFIGURATION, Storage.UNBOUNDED),
                new ConfigCatalog(cluster.config, cluster.view, cluster, gatekeeper, vigil),
                new Explanations(cluster.view, leases, leases, cluster, "n1", consistency, leases),
                consistency,
                watches(consistency, watch),
                subscribers,
                new ClusterAdmin(cluster, cluster.view, cluster.digests, cluster, founding, List::of, () -> stopping),
                new ExpiryControl(leases, requests),
                new AccessAdmin(writes, acl, new SecureRandom(), InstantSource.system()),
                new KeyControl(writes, new FakeVault()),
                accept -> new MetricsReport.Page("text/plain", new byte[] {'\n'}),
                NodeLog.present().levels());
        var listen = new HostPort("127.0.0.1", 0);
        // No pause of a test, or of the machine, may last as long as a connection that is kept.
        var settings = new HttpSettings(listen, listen, 5_000, 8, Duration.ofMinutes(2), BODY_TIMEOUT);
        HttpListener listener;
        try {
            listener = HttpListener.bind(listen);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var protection = new Protection(doorkeeper, limits, audit, false, tracing);
        server = new HttpServer(
                "n1", listener, settings, protection, useCases, gatekeeper, observer, Duration.ofSeconds(5));
        server.start();
        port = listener.address().port();
    }

    private Watches watches(ReadConsistency consistency, WatchSettings watch) {
        return new Watches(
                "n1",
                hub,
                new CanaryFigures(() -> null, cluster),
                consistency,
                gatekeeper,
                vigil,
                watch,
                InstantSource.system());
    }

    private static String refusalOfTarget(Registration registration) {
        return registration.host().equals(FORBIDDEN_TARGET) ? "must not be link-local for a health check" : null;
    }

    /** Answers of 500 and more that no span told of. */
    long unsampledErrors() {
        return server.unsampledErrors();
    }

    /** One answer, read whole. */
    record Reply(int status, HttpResponse<byte[]> response) {

        String header(String name) {
            return response.headers().firstValue(name).orElse(null);
        }

        String text() {
            return new String(response.body(), StandardCharsets.UTF_8);
        }

        JsonNode json() {
            try {
                return JSON.readTree(response.body());
            } catch (IOException e) {
                throw new UncheckedIOException(text(), e);
            }
        }
    }

    Reply get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    Reply delete(String path, String... headers) {
        return send("DELETE", path, null, headers);
    }

    Reply put(String path, String json, String... headers) {
        return send("PUT", path, json, headers);
    }

    Reply post(String path, String json, String... headers) {
        return send("POST", path, json, headers);
    }

    Reply send(String method, String path, String json, String... headers) {
        var type = json == null ? "" : "application/json";
        for (var i = 0; i < headers.length; i += 2) {
            type = headers[i].equals("Content-Type") ? "" : type;
        }
        return exchange(method, path, json == null ? null : json.getBytes(StandardCharsets.UTF_8), type, headers);
    }

    Reply sendBytes(String method, String path, byte[] json) {
        return exchange(method, path, json, "application/json");
    }

    Reply sendBytes(String method, String path, byte[] body, String type, String... headers) {
        return exchange(method, path, body, type, headers);
    }

    private Reply exchange(String method, String path, byte[] json, String type, String... headers) {
        var body = json == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofByteArray(json);
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(20))
                .method(method, body);
        for (var i = 0; i < headers.length; i += 2) {
            if (!headers[i + 1].isEmpty()) {
                request.header(headers[i], headers[i + 1]);
            }
        }
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        try {
            var response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            return new Reply(response.statusCode(), response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    List<Route> routes() {
        return server.routes();
    }

    /** All that a refused write must leave alone: the newest index and everything that is registered. */
    String state() {
        return get("/api/v1/instances?limit=10000").text()
                + get("/api/v1/services").text();
    }

    void stop() {
        hub.close();
        server.stop();
    }

    @Override
    public void close() {
        hub.close();
        server.stop();
        vigil.close();
        workers.shutdownNow();
        cluster.close();
    }
}
