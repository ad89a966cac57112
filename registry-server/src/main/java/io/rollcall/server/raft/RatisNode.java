package io.rollcall.server.raft;

import io.rollcall.api.model.Member;
import io.rollcall.server.app.ClusterState;
import io.rollcall.server.app.CommandBus;
import io.rollcall.server.app.ConfigStore;
import io.rollcall.server.app.ExpiryDesk;
import io.rollcall.server.app.Freshness;
import io.rollcall.server.app.LeaderLog;
import io.rollcall.server.app.LeaderRole;
import io.rollcall.server.app.LeaseKeeper;
import io.rollcall.server.app.MemberTls;
import io.rollcall.server.app.PeerAnswers;
import io.rollcall.server.app.PeerDesk;
import io.rollcall.server.app.Removals;
import io.rollcall.server.config.HostPort;
import io.rollcall.server.config.RaftSettings;
import io.rollcall.server.trace.Tracing;
import io.rollcall.statemachine.apply.DigestLog;
import io.rollcall.statemachine.apply.FaultHandler;
import io.rollcall.statemachine.change.ChangeSink;
import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.CommandResult;
import io.rollcall.statemachine.history.PastReader;
import io.rollcall.statemachine.ratis.LogLimits;
import io.rollcall.statemachine.ratis.RegistryStateMachine;
import io.rollcall.statemachine.state.TombstoneRecord;
import io.rollcall.statemachine.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.storage.RaftStorage.StartupOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A member of the cluster: its Raft server, and the parts around it, built and stopped in one place. */
public final class RatisNode {

    /** Deadlines and retries are as exact as this. */
    static final Duration TICK = Duration.ofMillis(20);

    static final Duration ANNOUNCE_INTERVAL = Duration.ofMillis(250);
    static final Duration WATCH_INTERVAL = Duration.ofMillis(500);

    /** Handing over and closing together stay below the 10 s that a stop may take. */
    static final Duration HANDOVER_TIMEOUT = Duration.ofSeconds(2);

    static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(RatisNode.class);

    private final FaultHandler faults;
    private final HostPort listen;
    private final ScheduledExecutorService timer;
    private final ExecutorService work;
    private final ExecutorService beatWork;
    private final ClusterTap clusterTap;
    private final LocalDivision division;
    private final ElectionSpans elections;
    private final Reconnects reconnects;
    private final PeerChannels channels;
    private final Runnable renewals;
    private final CommandRouter router;
    private final LeaderRoutes toLeader;
    private final ReadBarrier barrier;
    private final IndexGate logGate;
    private final IndexGate registryGate;
    private final PolledCluster cluster;
    private final Admission admission;
    private final Announcements announcements;
    private final RegistryStateMachine stateMachine;
    private final StartChecks checks;
    private final Path log;
    private final RaftFigures figures;
    private final RaftServer server;

    private volatile boolean stopping;

    /**
     * Builds a member; nothing runs yet.
     *
     * @param self its id, the HTTP address that it announces, and the feature level of this version
     * @param folder its data folder
     * @param settings how it agrees with the others
     * @param tls how members know each other; null: they speak in the clear
     * @param sink is told of what is applied
     * @param registryIndex how far the sink's readers are
     * @param role what it does while it leads
     * @param answers answers what other members ask
     * @param tracing is told how entries fare
     * @param faults ends the process when what must never happen happened
     * @throws IOException if the folder is another member's, or cannot be used
     */
    public RatisNode(
            Member self,
            Path folder,
            RaftSettings settings,
            @Nullable MemberTls tls,
            ChangeSink sink,
            LongSupplier registryIndex,
            LeaderRole role,
            PeerAnswers answers,
            Tracing tracing,
            FaultHandler faults)
            throws IOException {
        DataFolder data = DataFolder.open(folder, self.id());
        UUID group = data.group(settings.peers());
        this.faults = faults;
        this.listen = settings.listen();
        this.timer = RaftThreads.timer();
        this.work = RaftThreads.workers();
        this.beatWork = RaftThreads.beatWorkers();
        this.clusterTap = new ClusterTap(sink);
        this.division = new LocalDivision(RaftPeerId.valueOf(self.id()), RaftGroupId.valueOf(group));
        this.elections = new ElectionSpans(tracing, division);
        this.reconnects = new Reconnects(this::server, RaftThreads.daemons("raft-reconnect"));
        PeerTls peerTls = new PeerTls(tls);
        this.channels =
                new PeerChannels(group, division::address, peerTls.outbound(), work, beatWork, reconnects::reconnect);
        this.renewals = peerTls.renewals(channels, reconnects::reconnect);
        VotingRight right = new VotingRight(data);
        LeaderCalls leaderCalls = new LeaderCalls(division, channels);
        LeadershipCheck leadership = new LeadershipCheck(division, channels);
        this.logGate = new IndexGate(work);
        this.registryGate = new IndexGate(work);
        this.barrier = new ReadBarrier(division, leadership, leaderCalls, logGate, registryGate, right::isHeld, work);
        Proposer proposer = new Proposer(division, clusterTap::featureLevel, InstantSource.system(), work);
        this.router = new CommandRouter(division, proposer, new Forwarder(leaderCalls, work), this::preview, work);
        this.cluster = new PolledCluster(division, channels);
        this.announcements = new Announcements(self, division, clusterTap, router);
        BeatConfirmations own = new BeatConfirmations(leadership::readIndex, timer);
        this.toLeader = new LeaderRoutes(
                role,
                new HeartbeatRouter(division, role, leaderCalls, own::join, right::isHeld, beatWork),
                new ExpiryRoute(division, role, leaderCalls, work),
                new OwnLog(leadership, proposer, logGate, work));
        CommitNews news = new CommitNews();
        NodeParts events = events(
                self.id(), leaderCalls, registryIndex, proposer, news, new EntrySpans(tracing, InstantSource.system()));
        this.stateMachine = new RegistryStateMachine(data.liveDatabase(), limits(settings), clusterTap, events, faults);
        this.admission = new Admission(right, division, channels, barrier);
        PeerEndpoint endpoint = new PeerEndpoint(division, proposer, leadership, right, role, answers);
        Parameters transport =
                RaftTransport.parameters(news, right, PeerWire.definition(group, self.id(), endpoint::answer), peerTls);
        this.log = data.raft().resolve(group.toString()).resolve("current");
        this.figures = new RaftFigures(division, proposer, barrier, stateMachine, events, log);
        this.server = build(self.id(), group, data, settings, transport);
        this.checks = new StartChecks(data);
        attach();
    }

    private void attach() throws IOException {
        try {
            division.attach(server);
        } catch (IOException | RuntimeException e) {
            throw checks.unreadable(e);
        }
    }

    private NodeParts events(
            String self,
            LeaderCalls leaderCalls,
            LongSupplier registryIndex,
            Proposer proposer,
            CommitNews news,
            EntrySpans spans) {
        return new NodeParts(
                self,
                router,
                toLeader,
                barrier,
                leaderCalls,
                logGate,
                registryGate,
                registryIndex,
                proposer,
                news,
                spans,
                elections,
                work);
    }

    private static LogLimits limits(RaftSettings settings) {
        return new LogLimits(
                settings.snapshotThreshold(),
                settings.snapshotLogBytes(),
                settings.purgePreservation(),
                settings.purgePreservationBytes());
    }

    /** A connection can be found silent only once the server takes part. */
    private RaftServer server() {
        return server;
    }

    /** The router previews with the state machine, which tells the router of results: one of them comes later. */
    private RegistryStateMachine stateMachine() {
        return stateMachine;
    }

    private CommandResult preview(Command command) {
        return stateMachine().preview(command, InstantSource.system().millis());
    }

    private RaftServer build(String self, UUID group, DataFolder data, RaftSettings settings, Parameters transport)
            throws IOException {
        List<RaftPeer> founders = settings.peers().stream()
                .map(peer -> RaftPeer.newBuilder()
                        .setId(peer.id())
                        .setAddress(peer.raft().toString())
                        .build())
                .toList();
        return RaftServer.newBuilder()
                .setServerId(RaftPeerId.valueOf(self))
                // The founders; once a configuration is stored, that one holds.
                .setGroup(RaftGroup.valueOf(RaftGroupId.valueOf(group), founders))
                // Makes a new folder where there is none, and keeps one that is there.
                .setOption(StartupOption.RECOVER)
                .setProperties(RatisSettings.of(data.raft(), settings))
                .setParameters(transport)
                .setStateMachine(stateMachine)
                .build();
    }

    /**
     * Starts the member. It takes part from now on, and has caught up when {@link Freshness#hasCaughtUp} says so.
     *
     * @throws IOException if it cannot, or must not because its log lost what was promised
     */
    public void start() throws IOException {
        // First, so that whoever asks while the log is read gets an answer in time.
        every(TICK, timer, () -> {
            long now = System.nanoTime();
            router.tick(now);
            toLeader.heartbeats().tick(now);
            barrier.tick(now);
            elections.tick(now);
            logGate.expire(now);
            registryGate.expire(now);
        });
        checks.requireFree(listen);
        try {
            LogFiles.requireUndamaged(log);
            server.start();
        } catch (IOException | RuntimeException e) {
            throw checks.unreadable(e);
        }
        try {
            checks.requireWhole(division.lastIndex(), stateMachine.durableIndex());
        } catch (IOException e) {
            stop();
            throw e;
        }
        division.started();
        every(Admission.INTERVAL, work, admission::tick);
        every(ANNOUNCE_INTERVAL, work, announcements::tick);
        every(PolledCluster.POLL_INTERVAL, work, cluster::poll);
        every(WATCH_INTERVAL, timer, this::requireRunning);
        every(ConnectionRenewals.INTERVAL, work, renewals);
    }

    private void every(Duration interval, Executor executor, Runnable task) {
        Runnable guarded = () -> {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                if (!stopping) {
                    throw faults.fatal("a periodic task of the member failed", e);
                }
            }
        };
        var unused = timer.scheduleWithFixedDelay(
                () -> executor.execute(guarded), interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Ratis closes its server after faults of its own, and leaves the process as a shell that does nothing. */
    @SuppressWarnings("ThrowableNotThrown") // a timer has no use for it, and production does not return
    private void requireRunning() {
        boolean closed = server.getLifeCycleState().isClosingOrClosed() || !division.isAlive();
        if (closed && !stopping) {
            faults.fatal("the Raft server closed itself; its log says why", null);
        }
    }

    /**
     * Hands the leadership over if this member has it; it goes on serving as a follower. Returns after {@link
     * #HANDOVER_TIMEOUT} at the latest.
     */
    public void handOver() {
        LeaderHandover.run(server, division.division(), HANDOVER_TIMEOUT);
    }

    /**
     * Stops. Whoever still waits is told so. Returns after {@link #CLOSE_TIMEOUT} at the latest, and then whatever is left
     * ends with the process.
     */
    public void stop() {
        stopping = true;
        stateMachine.expectShutdown();
        timer.shutdownNow();
        Thread closer = RaftThreads.daemons("raft-close").newThread(this::closeServer);
        closer.start();
        try {
            closer.join(CLOSE_TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        router.stop();
        channels.close();
        reconnects.close();
        figures.close();
        work.shutdown();
        beatWork.shutdown();
    }

    private void closeServer() {
        try {
            server.close();
        } catch (IOException e) {
            LOG.atWarn().setCause(e).log("the Raft server did not close cleanly; the next start replays its log");
        }
    }

    /**
     * Returns the way of commands into the log.
     *
     * @return for any thread
     */
    public CommandBus commands() {
        return router;
    }

    /**
     * Returns the way of heartbeats to the leader.
     *
     * @return for any thread
     */
    public LeaseKeeper leases() {
        return toLeader.heartbeats();
    }

    /**
     * Returns the way to the leader's expiry governor.
     *
     * @return for any thread
     */
    public ExpiryDesk expiry() {
        return toLeader.expiry();
    }

    /**
     * Returns this member's own log, for what it decides while it leads.
     *
     * @return for any thread
     */
    public LeaderLog ownLog() {
        return toLeader.ownLog();
    }

    /**
     * Returns the read barrier.
     *
     * @return for any thread
     */
    public Freshness freshness() {
        return barrier;
    }

    /**
     * Returns the cluster as this member sees it.
     *
     * @return for any thread
     */
    public ClusterState cluster() {
        return cluster;
    }

    /**
     * Returns the way to the other members.
     *
     * @return for any thread
     */
    public PeerDesk members() {
        return new MemberDesk(cluster, channels);
    }

    /**
     * Returns the versions and values of the configuration that this member keeps.
     *
     * @return for any thread
     */
    public ConfigStore config() {
        return new StoredConfig(stateMachine);
    }

    /**
     * Returns what this member still knows of removed instances.
     *
     * @return for any thread
     */
    public Removals removals() {
        return key -> {
            try {
                TombstoneRecord left = stateMachine.tombstone(key);
                return left == null
                        ? null
                        : new Removals.Removal(left.incarnation(), Instant.ofEpochMilli(left.removedAtMillis()));
            } catch (StoreException e) {
                // A snapshot is being installed, or the node stops: it cannot tell just now.
                LOG.atDebug().setCause(e).log("a removal could not be looked up");
                return null;
            }
        };
    }

    /**
     * Returns what can be counted of this member.
     *
     * @return counts on
     */
    public RaftFigures figures() {
        return figures;
    }

    /**
     * Returns the registry as it was.
     *
     * @return for threads that may wait for the disk
     */
    public PastReader past() {
        return stateMachine.past();
    }

    /**
     * Returns the state hashes of the latest entries.
     *
     * @return for any thread
     */
    public DigestLog digests() {
        return stateMachine.digests();
    }
}
