package io.rollcall.server;

import io.rollcall.api.model.ConfigEntry;
import io.rollcall.api.model.ConfigKey;
import io.rollcall.api.model.Member;
import io.rollcall.server.app.BulkDeregistration;
import io.rollcall.server.app.CanaryFigures;
import io.rollcall.server.app.Catalog;
import io.rollcall.server.app.ClusterAdmin;
import io.rollcall.server.app.ConfigCatalog;
import io.rollcall.server.app.ConfigStore;
import io.rollcall.server.app.Configuration;
import io.rollcall.server.app.Drains;
import io.rollcall.server.app.ExpiryControl;
import io.rollcall.server.app.Explanations;
import io.rollcall.server.app.FollowerAnswers;
import io.rollcall.server.app.Founding;
import io.rollcall.server.app.Heartbeats;
import io.rollcall.server.app.KeyControl;
import io.rollcall.server.app.PastCatalog;
import io.rollcall.server.app.PastDesk;
import io.rollcall.server.app.ReadConsistency;
import io.rollcall.server.app.Registrations;
import io.rollcall.server.app.RequestIds;
import io.rollcall.server.app.ServiceHistory;
import io.rollcall.server.app.Subscribers;
import io.rollcall.server.app.Watches;
import io.rollcall.server.app.Writes;
import io.rollcall.server.app.access.Gatekeeper;
import io.rollcall.server.app.access.Vigil;
import io.rollcall.server.config.HostPort;
import io.rollcall.server.config.ServerSettings;
import io.rollcall.server.http.HttpListener;
import io.rollcall.server.http.HttpServer;
import io.rollcall.server.http.ListenerTls;
import io.rollcall.server.http.UseCases;
import io.rollcall.server.leader.Canary;
import io.rollcall.server.leader.LeaderDuties;
import io.rollcall.server.leader.TracedLog;
import io.rollcall.server.leader.TracedProbe;
import io.rollcall.server.raft.RatisNode;
import io.rollcall.server.security.crypto.Encryption;
import io.rollcall.server.security.limit.WriteLane;
import io.rollcall.server.security.tls.NodeTls;
import io.rollcall.server.telemetry.Metering;
import io.rollcall.server.telemetry.NodeLog;
import io.rollcall.server.telemetry.Telemetry;
import io.rollcall.server.trace.Tracing;
import io.rollcall.server.view.AclView;
import io.rollcall.server.view.CatalogView;
import io.rollcall.server.view.ConfigView;
import io.rollcall.server.watch.ConfigPast;
import io.rollcall.server.watch.StoredTouches;
import io.rollcall.statemachine.apply.FaultHandler;
import io.rollcall.statemachine.history.PastReader;
import io.rollcall.statemachine.state.ClusterRecord;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A node: all its parts, built by hand in one order, started and stopped in one order. */
public final class RegistryServer {

    /** How long a stop waits for requests; the rest of its time is Raft's. */
    private static final Duration HTTP_STOP_TIMEOUT = Duration.ofSeconds(3);

    // Dry runs and deregistrations of many: rare, and each holds a thread no longer than a look at the state takes.
    private static final int OFFLOADING_THREADS = 2;
    private static final int OFFLOADING_QUEUE = 1_024;

    // Questions about the past: each reads from the disk, up to history.max-read records.
    private static final int PAST_THREADS = 2;
    private static final int PAST_QUEUE = 256;

    private static final Logger LOG = LoggerFactory.getLogger(RegistryServer.class);

    private final ServerSettings settings;
    private final NodeTls tls;
    private final HttpListener listener;
    private final CheckParts checks;
    private final Tracing tracing;
    private final LeaderDuties duties;
    private final WatchParts watch;
    private final Encryption encryption;
    private final Canary canary;
    private final RatisNode raft;
    private final ThreadPoolExecutor offloading;
    private final ThreadPoolExecutor past;
    private final AccessParts access;
    private final LoginParts login;
    private final HttpServer http;
    private final ProtectionParts protection;
    private final Vigil vigil;
    private final NodeLog log = NodeLog.present();
    private volatile boolean stopping;

    /**
     * Builds a node; nothing runs yet, but its HTTP address is bound.
     *
     * @param settings checked
     * @param telemetry what it tells of itself through; closed by whoever opened it, after the stop
     * @param faults ends the process when what must never happen happened
     * @throws IOException if the address or the data folder cannot be used
     */
    public RegistryServer(ServerSettings settings, Telemetry telemetry, FaultHandler faults) throws IOException {
        this.settings = settings;
        LOG.atTrace().addKeyValue("settings", settings).log("building a node");
        tracing = telemetry.tracing();
        String id = settings.node().id();
        tls = new NodeTls(settings.tls(), id);
        login = LoginParts.of(settings.access().oidc());
        listener = HttpListener.bind(settings.http().listen(), listenerTls());
        encryption = Encryption.of(settings.encryption(), settings.node().data(), faults);
        CatalogView view = new CatalogView();
        protection = ProtectionParts.of(settings, view);
        ConfigView config = new ConfigView();
        AclView acl = new AclView();
        checks = CheckParts.of(settings, view);
        watch = watch(view, config, faults);
        duties = duties(id, view, faults);
        FollowerAnswers followers = new FollowerAnswers(id, watch.hub(), this::canaryFigures);
        // In this order: hub and duties look at the views for what they are told of.
        ChangeFan news = new ChangeFan(view, acl, config, protection.quotas(), watch.hub(), duties);
        raft = member(news, view, followers, faults);
        canary = canary(id, followers, view);
        SealedParts parts = SealedParts.of(encryption, raft, view);
        duties.start(new TracedLog(raft.ownLog(), tracing), raft.past(), config, acl, canary, parts.duty());
        offloading = threads("offloading", OFFLOADING_THREADS, OFFLOADING_QUEUE);
        past = threads("past", PAST_THREADS, PAST_QUEUE);
        PastDesk desk = new PastDesk(parts.past(), settings.history().maxRead(), past, InstantSource.system());
        WriteLane lane = protection.lane(parts.commands());
        Writes writes = writes(id, lane, view);
        Gatekeeper gatekeeper = gatekeeper(acl);
        vigil = new Vigil(gatekeeper);
        Registrations registrations = new Registrations(writes, checks.policy(), gatekeeper, protection.quotas());
        ReadConsistency consistency =
                new ReadConsistency(raft.freshness(), id, settings.requests().readDeadline());
        access = AccessParts.of(settings, acl, view, raft, writes);
        Founding founding = founding(view, parts);
        Subscribers subscribers = new Subscribers(followers, raft.members());
        Heartbeats heartbeats = heartbeats(view, gatekeeper);
        UseCases useCases = new UseCases(
                registrations,
                new BulkDeregistration(writes, view, settings.requests().unconfirmedPercent()),
                heartbeats,
                new Drains(registrations, subscribers),
                new Catalog(view, duties),
                new PastCatalog(desk, view),
                new ServiceHistory(desk, view),
                new Configuration(writes, config, parts.config(), settings.configuration(), protection.quotas()),
                new ConfigCatalog(config, view, parts.config(), gatekeeper, vigil),
                new Explanations(view, duties, duties, raft.removals(), id, consistency, InstantSource.system()),
                consistency,
                watches(id, consistency, gatekeeper),
                subscribers,
                new ClusterAdmin(raft.cluster(), view, raft.digests(), raft.freshness(), founding, tls, () -> stopping),
                new ExpiryControl(raft.expiry(), settings.requests()),
                access.admin(),
                new KeyControl(writes, parts.keys()),
                telemetry.report(),
                log.levels());
        Metering metering = telemetry.metering(settings);
        http = new HttpServer(
                id,
                listener,
                settings.http(),
                protection.http(lane, tracing),
                useCases,
                gatekeeper,
                metering.requests(),
                HTTP_STOP_TIMEOUT);
        metering.work(writes.counts(), heartbeats.counts());
        measure(metering, view, acl, lane);
    }

    private WatchParts watch(CatalogView view, ConfigView config, FaultHandler faults) {
        return WatchParts.of(
                settings,
                view,
                new StoredTouches(this::storedPast),
                new ConfigPast(config, this::storedVersion),
                tracing,
                faults);
    }

    private Writes writes(String id, WriteLane lane, CatalogView view) {
        return new Writes(lane, raft.freshness(), view, new RequestIds(id), settings.requests(), offloading, tracing);
    }

    private Founding founding(CatalogView view, SealedParts parts) {
        return new Founding(
                raft.cluster(),
                () -> view.current().cluster(),
                access.bootstrap()::isDone,
                parts.keys()::isAwaitingKeys,
                System::nanoTime);
    }

    private void measure(Metering metering, CatalogView view, AclView acl, WriteLane lane) {
        metering.door(http, lane);
        metering.state(view, acl, tls);
        metering.raft(raft);
        metering.leader(duties, checks.measured(), canary);
        metering.watch(watch.hub(), view);
        protection.measure(metering);
        metering.log(log);
    }

    private RatisNode member(ChangeFan news, CatalogView view, FollowerAnswers followers, FaultHandler faults)
            throws IOException {
        Member self = new Member(
                settings.node().id(),
                Member.announced(advertised().toString(), tls.clients() != null),
                ClusterRecord.SUPPORTED_FEATURE_LEVEL);
        return new RatisNode(
                self,
                settings.node().data(),
                settings.raft(),
                tls.members(),
                encryption.opening(news),
                () -> view.current().appliedIndex(),
                duties,
                encryption.answering(followers),
                tracing,
                faults);
    }

    private Gatekeeper gatekeeper(AclView acl) {
        return new Gatekeeper(
                acl,
                settings.access().byDefault(),
                raft.freshness()::hasCaughtUp,
                InstantSource.system(),
                login.login());
    }

    private LeaderDuties duties(String id, CatalogView view, FaultHandler faults) {
        return new LeaderDuties(
                id,
                settings.leases(),
                settings.history(),
                settings.checks(),
                view,
                new TracedProbe(checks.measured(), tracing),
                faults);
    }

    private Canary canary(String id, FollowerAnswers followers, CatalogView view) {
        return new Canary(
                id, settings.canary(), raft.ownLog(), raft.members(), followers, view, tracing, System::nanoTime);
    }

    private Heartbeats heartbeats(CatalogView view, Gatekeeper gatekeeper) {
        return new Heartbeats(
                raft.leases(),
                view,
                raft.freshness(),
                gatekeeper,
                settings.leases().beatDeadline());
    }

    private Watches watches(String id, ReadConsistency consistency, Gatekeeper gatekeeper) {
        return new Watches(
                id,
                watch.hub(),
                new CanaryFigures(canary, raft.members()),
                consistency,
                gatekeeper,
                vigil,
                settings.watch(),
                InstantSource.system());
    }

    private static ThreadPoolExecutor threads(String name, int number, int queue) {
        return new ThreadPoolExecutor(
                number, number, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(queue), task -> new Thread(task, name));
    }

    /** The answers to others are built before the member that measures. */
    private byte @Nullable [] canaryFigures() {
        return canary.figures();
    }

    /** The hub is built before the member that has it. */
    private PastReader storedPast() {
        return raft.past();
    }

    /** Nothing while there is no store: a stream begins anew then. */
    private @Nullable ConfigEntry storedVersion(ConfigKey key, long version) {
        try {
            return raft.config().version(key, version);
        } catch (ConfigStore.BeingReplacedException e) {
            return null;
        }
    }

    private @Nullable ListenerTls listenerTls() {
        Supplier<SSLContext> contexts = tls.clients();
        return contexts == null
                ? null
                : new ListenerTls(
                        contexts, settings.tls().clients(), settings.tls().connectionMaxAge());
    }

    private HostPort advertised() {
        HostPort advertised = settings.http().advertised();
        return advertised.port() == 0 ? advertised.withPort(listener.address().port()) : advertised;
    }

    /**
     * Starts serving. HTTP comes first: while the log is replayed, probes and clients get an answer, if only a 503.
     *
     * @throws IOException if the Raft server cannot start
     */
    public void start() throws IOException {
        tls.start();
        login.start();
        watch.hub().start();
        vigil.start();
        http.start();
        raft.start();
        access.bootstrapping().start();
        LOG.atInfo()
                .addKeyValue("node", settings.node().id())
                .addKeyValue("http", listener.address())
                .addKeyValue("raft", settings.raft().listen())
                .log("rollcall is serving");
    }

    /**
     * Says that the node is going, hands the leadership over, finishes the requests that are in flight, and stops.
     */
    public void stop() {
        stopping = true;
        access.bootstrapping().stop();
        raft.handOver();
        // Before the requests are waited for: streams have no end of their own.
        watch.close();
        vigil.close();
        http.stop();
        raft.stop();
        duties.stop();
        checks.close();
        encryption.close();
        offloading.shutdown();
        past.shutdown();
        tls.close();
        login.stop();
        protection.close();
    }

    /**
     * Returns where clients are served.
     *
     * @return with the port that is bound
     */
    public HostPort httpAddress() {
        return listener.address();
    }
}
