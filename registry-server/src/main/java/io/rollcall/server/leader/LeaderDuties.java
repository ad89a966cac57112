package io.rollcall.server.leader;

import io.rollcall.api.error.ErrorCode;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.server.app.Beat;
import io.rollcall.server.app.BeatResult;
import io.rollcall.server.app.CheckCounts;
import io.rollcall.server.app.LastHeartbeats;
import io.rollcall.server.app.LeaderDuty;
import io.rollcall.server.app.LeaderLog;
import io.rollcall.server.app.LeaderRole;
import io.rollcall.server.config.CheckSettings;
import io.rollcall.server.config.HistorySettings;
import io.rollcall.server.config.LeaseSettings;
import io.rollcall.server.probe.HealthProbe;
import io.rollcall.server.view.AclView;
import io.rollcall.server.view.CatalogView;
import io.rollcall.server.view.ConfigView;
import io.rollcall.server.view.InstanceEntry;
import io.rollcall.server.view.ServiceState;
import io.rollcall.statemachine.apply.FaultHandler;
import io.rollcall.statemachine.change.ChangeBatch;
import io.rollcall.statemachine.change.ChangeSink;
import io.rollcall.statemachine.change.StateReset;
import io.rollcall.statemachine.history.PastReader;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What this member does while it leads: it is told when that begins and ends, and keeps one {@link LeaderTerm} for it. */
public final class LeaderDuties implements LeaderRole, ChangeSink, LastHeartbeats, CheckCounts {

    private static final Logger LOG = LoggerFactory.getLogger(LeaderDuties.class);

    private static final BeatResult NOT_LEADER =
            new BeatResult.Unconfirmed(ErrorCode.NO_LEADER, "this member does not lead, or not yet");

    private final String self;
    private final LeaseSettings settings;
    private final HistorySettings history;
    private final CatalogView view;
    private final CheckDuty checks;
    private final FaultHandler faults;
    private final ScheduledThreadPoolExecutor thread;

    // Set once, before the member takes part.
    private @Nullable LeaderLog log;

    private @Nullable HistoryTrimmer trimmer;
    private @Nullable ConfigForgetter forgetter;
    private @Nullable TokenForgetter tokens;
    private @Nullable Canary canary;
    private @Nullable LeaderDuty other;
    private volatile @Nullable LeaderTerm current;

    // Guarded by this: what was counted in terms that are over.
    private LeaderFigures.Counts counted = LeaderFigures.Counts.NONE;

    /**
     * The duties of a member.
     *
     * @param self the member's id
     * @param settings how leases run out
     * @param history how much of the history is kept
     * @param checkSettings whom it checks, and how many at once
     * @param view what was applied here; told of changes before these duties are
     * @param probe makes one check
     * @param faults ends the process when a duty fails: a leader that lets nothing expire must not stay one
     */
    public LeaderDuties(
            String self,
            LeaseSettings settings,
            HistorySettings history,
            CheckSettings checkSettings,
            CatalogView view,
            HealthProbe probe,
            FaultHandler faults) {
        this.self = self;
        this.settings = settings;
        this.history = history;
        this.view = view;
        this.checks = new HealthChecks(probe, checkSettings, settings, System::nanoTime, InstantSource.system());
        this.faults = faults;
        // What comes after its end has nothing to do any more.
        this.thread = new ScheduledThreadPoolExecutor(1, LeaderDuties::daemon, new ThreadPoolExecutor.DiscardPolicy());
    }

    private static Thread daemon(Runnable task) {
        Thread daemon = new Thread(task, "leader-duties");
        daemon.setDaemon(true);
        return daemon;
    }

    /**
     * Gets ready to lead.
     *
     * @param own this member's log
     * @param past its store
     * @param config its configuration
     * @param acl its tokens
     * @param measuring measures how long registrations take
     * @param others what else there is to do
     */
    public void start(
            LeaderLog own, PastReader past, ConfigView config, AclView acl, Canary measuring, LeaderDuty others) {
        other = others;
        log = own;
        canary = measuring;
        trimmer = new HistoryTrimmer(history, own, past, System::nanoTime, InstantSource.system());
        forgetter = new ConfigForgetter(history, own, config, System::nanoTime, InstantSource.system());
        tokens = new TokenForgetter(own, acl, System::nanoTime, InstantSource.system());
        long tick = TimingWheel.TICK.toNanos();
        var unused = thread.scheduleWithFixedDelay(guarded(this::sweep), tick, tick, TimeUnit.NANOSECONDS);
    }

    /** Stops for good. */
    public void stop() {
        end();
        thread.shutdown();
    }

    @Override
    public void begin(long term) {
        thread.execute(guarded(() -> lead(term)));
    }

    private void lead(long term) {
        finish();
        LeaderLog own = log;
        if (own == null) {
            throw new IllegalStateException("leads before it was started");
        }
        LeaderTerm begun =
                new LeaderTerm(self, term, settings, view, own, checks, System::nanoTime, InstantSource.system());
        // First, so that no change falls between what is loaded and what is told.
        current = begun;
        begun.load();
        LOG.atInfo()
                .addKeyValue("term", term)
                .addKeyValue("leases", begun.table.running())
                .log("keeping the leases");
    }

    @Override
    public void end() {
        thread.execute(guarded(this::finish));
    }

    private void finish() {
        LeaderTerm ended = current;
        if (ended != null) {
            synchronized (this) {
                // Together: what it counted is in one of the two, and never in both.
                counted = counted.plus(LeaderFigures.counted(ended));
                current = null;
            }
            ended.end();
            if (canary != null) {
                canary.end();
            }
            LOG.atInfo().addKeyValue("term", ended.term).log("no longer keeping the leases");
        }
    }

    private void sweep() {
        LeaderTerm leading = current;
        HistoryTrimmer trimming = trimmer;
        ConfigForgetter forgetting = forgetter;
        TokenForgetter expired = tokens;
        if (leading != null && trimming != null && forgetting != null && expired != null) {
            leading.sweep();
            trimming.sweep(leading.term);
            forgetting.sweep(leading.term);
            expired.sweep(leading.term);
            if (canary != null) {
                canary.sweep();
            }
            if (other != null) {
                other.sweep(leading.term);
            }
        }
    }

    private Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                throw faults.fatal("a duty of the leader failed", e);
            }
        };
    }

    @Override
    public CompletableFuture<List<BeatResult>> renew(List<Beat> beats, Supplier<CompletableFuture<Long>> confirmation) {
        LeaderTerm leading = current;
        if (leading != null) {
            return leading.renew(beats, confirmation);
        }
        List<BeatResult> none = new ArrayList<>(beats.size());
        beats.forEach(beat -> none.add(NOT_LEADER));
        return CompletableFuture.completedFuture(none);
    }

    @Override
    public byte @Nullable [] expiry(boolean release) {
        LeaderTerm leading = current;
        return leading == null ? null : ExpiryReport.of(leading, release);
    }

    /**
     * Tells what this member does, and has done, as the leader.
     *
     * @return of this moment
     */
    public synchronized LeaderFigures figures() {
        LeaderTerm leading = current;
        return leading == null ? LeaderFigures.following(checks, counted) : LeaderFigures.of(leading, counted);
    }

    @Override
    public long lastHeartbeatMillis(InstanceKey key, long incarnation) {
        LeaderTerm leading = current;
        long heard = leading == null ? 0 : leading.lastBeatMillis(key, incarnation);
        return heard == 0 ? marked(key, incarnation) : heard;
    }

    @Override
    public @Nullable Counted counted(InstanceKey key, long incarnation) {
        LeaderTerm leading = current;
        return leading == null ? null : leading.checks.counted(key, incarnation);
    }

    private long marked(InstanceKey key, long incarnation) {
        ServiceState service = view.current().service(key.service());
        InstanceEntry entry = service == null ? null : service.instance(key.id());
        return entry == null || entry.instance().incarnation() != incarnation ? 0 : entry.lastHeartbeatMillis();
    }

    @Override
    public void changed(ChangeBatch batch) {
        LeaderTerm leading = current;
        if (leading != null && !batch.changes().isEmpty()) {
            leading.changed(batch);
        }
    }

    @Override
    public void reset(StateReset state) {
        // A snapshot is installed on a follower alone: there is no term to correct.
    }
}
