package io.rollcall.statemachine.ratis;

import io.rollcall.api.model.InstanceKey;
import io.rollcall.statemachine.apply.CommandApplier;
import io.rollcall.statemachine.apply.DigestLog;
import io.rollcall.statemachine.apply.FaultHandler;
import io.rollcall.statemachine.change.ChangeSink;
import io.rollcall.statemachine.codec.CommandCodec;
import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.CommandBatch;
import io.rollcall.statemachine.command.CommandResult;
import io.rollcall.statemachine.fault.CrashPoint;
import io.rollcall.statemachine.history.PastReader;
import io.rollcall.statemachine.state.AppliedPosition;
import io.rollcall.statemachine.state.StateReader;
import io.rollcall.statemachine.state.TombstoneRecord;
import io.rollcall.statemachine.store.RegistryStore;
import io.rollcall.statemachine.store.StoreException;
import io.rollcall.statemachine.store.StoreFigures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.RoleInfoProto;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftGroupMemberId;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.raftlog.RaftLog;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.StateMachineStorage;
import org.apache.ratis.statemachine.TransactionContext;
import org.apache.ratis.statemachine.impl.BaseStateMachine;
import org.apache.ratis.util.LifeCycle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The registry as Ratis sees it: entries are applied to a RocksDB database that lies outside Ratis' own folders, and a
 * snapshot is a checkpoint of it. The Raft log is the write-ahead log: after a crash the database is behind, or lost,
 * and replay makes up for it; entries that it holds already are passed over.
 *
 * <p>Ratis calls {@link #applyTransaction}, {@link #takeSnapshot} and {@link #reinitialize} on one thread.
 */
public final class RegistryStateMachine extends BaseStateMachine {

    private static final Logger LOG = LoggerFactory.getLogger(RegistryStateMachine.class);

    private final LiveDatabase database;
    private final CheckpointStorage snapshots;
    private final LogLimits limits;
    private final SnapshotRhythm rhythm;
    private final ChangeSink sink;
    private final NodeEvents events;
    private final FaultHandler faults;
    private final DigestLog digests = new DigestLog();
    private final OpenStore past = new OpenStore();

    private @Nullable LogSegments log;
    private volatile @Nullable CommandApplier applier;
    private volatile boolean shutdownExpected;

    // What the database held when it was opened: Ratis replays from the snapshot on, which may be earlier.
    private volatile long durableIndex = RaftLog.INVALID_LOG_INDEX;
    private long seenIndex = RaftLog.INVALID_LOG_INDEX;

    /**
     * A state machine that is not open yet; Ratis initializes it.
     *
     * @param liveDatabase folder of the database, outside Ratis' folders but on the same file system
     * @param limits how far the log may grow
     * @param sink is told of changes
     * @param events is told of results and leadership
     * @param faults ends the process when what must never happen happened
     */
    public RegistryStateMachine(
            Path liveDatabase, LogLimits limits, ChangeSink sink, NodeEvents events, FaultHandler faults) {
        this.database = new LiveDatabase(liveDatabase, this::databaseFailed);
        this.snapshots = new CheckpointStorage();
        this.limits = limits;
        this.rhythm = new SnapshotRhythm(database, snapshots, limits);
        this.sink = sink;
        this.events = events;
        this.faults = faults;
    }

    @SuppressWarnings("ThrowableNotThrown") // a watch has no use for it, and production does not return
    private void databaseFailed(StoreException error) {
        faults.fatal("the database failed in the background" + whatToDo(), error);
    }

    /** Says that the Raft server is about to be closed, so that its end is no fault. */
    public void expectShutdown() {
        shutdownExpected = true;
    }

    /**
     * Returns the state hashes of the latest entries.
     *
     * @return thread-safe; the same object for ever
     */
    public DigestLog digests() {
        return digests;
    }

    /**
     * Tells how the store does.
     *
     * @return empty if the database is closed or being replaced
     */
    public Optional<StoreFigures> storeFigures() {
        return past.figures();
    }

    /**
     * Returns the registry as it was.
     *
     * @return thread-safe; the same object for ever, whatever store is open
     */
    public PastReader past() {
        return past;
    }

    /**
     * Evaluates a command against what is applied here.
     *
     * @param command what would be submitted
     * @param nowMillis wall clock, milliseconds since 1970
     * @return what it would come to
     * @throws StoreException if the database is closed, or being replaced by a snapshot
     */
    public CommandResult preview(Command command, long nowMillis) {
        return opened().preview(command, nowMillis);
    }

    /**
     * Asks what is committed here. The database may be replaced by a snapshot meanwhile.
     *
     * @param question reads what it needs, and nothing more once it has returned
     * @param <R> its answer
     * @return empty if the database is closed or being replaced
     */
    public <R> Optional<R> read(Function<StateReader, R> question) {
        CommandApplier current = applier;
        if (current == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(question.apply(current.committed()));
        } catch (IllegalStateException e) {
            if (current == applier) {
                throw e;
            }
            // It was closed under the question.
            return Optional.empty();
        }
    }

    /**
     * Finds what is left of a removed instance.
     *
     * @param key which instance
     * @return null if it was never there, is there, or went long ago
     * @throws StoreException if the database is closed, or being replaced by a snapshot
     */
    public @Nullable TombstoneRecord tombstone(InstanceKey key) {
        return opened().tombstone(key);
    }

    /**
     * Returns what the database held when it was opened last. Everything up to it was committed and was in this
     * member's log, on disk: a log that ends before it has lost what was promised.
     *
     * @return Raft log index; -1 if it held nothing
     */
    public long durableIndex() {
        return durableIndex;
    }

    @Override
    public void initialize(RaftServer server, RaftGroupId groupId, RaftStorage storage) throws IOException {
        getLifeCycle().startAndTransition(() -> {
            super.initialize(server, groupId, storage);
            snapshots.init(storage);
            log = new LogSegments(storage.getStorageDir().getCurrentDir().toPath());
            open();
        });
    }

    private void open() {
        try {
            RegistryStore store = database.open(snapshots.newest());
            AppliedPosition applied = store.reader().applied();
            durableIndex = applied.logIndex();
            seenIndex = snapshots
                    .newest()
                    .map(snapshot -> snapshot.manifest().index())
                    .orElse(RaftLog.INVALID_LOG_INDEX);
            rhythm.restart(seenIndex);
            setLastAppliedTermIndex(TermIndex.valueOf(applied.term(), applied.logIndex()));
            applier = new CommandApplier(store, sink, digests);
            sink.reset(new StoreState(store));
            past.set(store);
            events.advanced(applied.logIndex());
        } catch (RuntimeException | IOException e) {
            throw faults.fatal("the database could not be opened" + whatToDo(), e);
        }
    }

    /** Ratis is about to swap the snapshot folder; called under its lock, so nothing is done here. */
    @Override
    public void pause() {
        CrashPoint.INSTALL_BEFORE_SWAP.reached();
        getLifeCycle().transition(LifeCycle.State.PAUSING);
        getLifeCycle().transition(LifeCycle.State.PAUSED);
    }

    /** A snapshot was installed: the database starts over from it. */
    @Override
    public void reinitialize() throws IOException {
        getLifeCycle().startAndTransition(() -> {
            applier = null;
            past.set(null);
            snapshots.refresh();
            CrashPoint.INSTALL_BEFORE_RESTORE.reached();
            open();
            LOG.atInfo().addKeyValue("index", durableIndex).log("installed a snapshot of the leader");
            events.replaced(durableIndex);
        });
    }

    @Override
    public StateMachineStorage getStateMachineStorage() {
        return snapshots;
    }

    @Override
    public TransactionContext startTransaction(RaftClientRequest request) throws IOException {
        TransactionContext transaction = super.startTransaction(request);
        if (!(request.getMessage() instanceof EntryMessage)) {
            transaction.setException(new IOException("entries come from the proposer of this process alone"));
        }
        return transaction;
    }

    @Override
    public TransactionContext preAppendTransaction(TransactionContext transaction) {
        RaftClientRequest request = transaction.getClientRequest();
        if (request != null && request.getMessage() instanceof EntryMessage entry) {
            entry.handToLog();
        }
        return transaction;
    }

    @Override
    public CompletableFuture<Message> applyTransaction(TransactionContext transaction) {
        LogEntryProto entry = transaction.getLogEntry();
        if (entry == null) {
            throw faults.fatal("Ratis committed a transaction without its log entry", null);
        }
        seenIndex = entry.getIndex();
        rhythm.grown(entry.getSerializedSize());
        if (seenIndex > durableIndex) {
            events.committed(entry.getIndex());
            long begun = System.nanoTime();
            TracedEntry traced = apply(entry, transaction.getClientRequest());
            events.entryApplied(System.nanoTime() - begun);
            updateLastAppliedTermIndex(entry.getTerm(), entry.getIndex());
            events.advanced(entry.getIndex());
            if (traced != null) {
                events.traced(traced);
            }
        }
        // Callers get their results from the events, on whichever node they wait.
        return CompletableFuture.completedFuture(Message.EMPTY);
    }

    private @Nullable TracedEntry apply(LogEntryProto entry, @Nullable RaftClientRequest request) {
        long began = System.nanoTime();
        try {
            CommandBatch batch = CommandCodec.decodeEntry(
                    entry.getStateMachineLogEntry().getLogData().asReadOnlyByteBuffer());
            List<CommandResult> results = opened().apply(entry.getTerm(), entry.getIndex(), batch);
            CrashPoint.APPLY_BEFORE_REPLY.reached();
            for (int i = 0; i < results.size(); i++) {
                events.applied(batch.commands().get(i).header(), results.get(i));
            }
            return batch.isSampled() ? traced(entry, request, batch, results, began) : null;
        } catch (RuntimeException | Error e) {
            throw faults.fatal(
                    "log entry " + entry.getIndex() + " of term " + entry.getTerm() + " could not be applied"
                            + (e instanceof StoreException ? whatToDo() : ""),
                    e);
        }
    }

    private static TracedEntry traced(
            LogEntryProto entry,
            @Nullable RaftClientRequest request,
            CommandBatch batch,
            List<CommandResult> results,
            long began) {
        // Only the member that proposed an entry still has the request that brought it.
        Long proposed = request != null && request.getMessage() instanceof EntryMessage made ? made.madeNanos() : null;
        return new TracedEntry(entry.getTerm(), entry.getIndex(), batch, results, proposed, began, System.nanoTime());
    }

    private String whatToDo() {
        return "; if a file is damaged or the disk was full, mend that, move " + database
                + " away and start again: it is made anew from the newest snapshot and the log";
    }

    /** Entries of Ratis' own; they are made durable with the next snapshot, or passed over again in replay. */
    @Override
    public void notifyTermIndexUpdated(long term, long index) {
        seenIndex = index;
        if (index > durableIndex) {
            events.committed(index);
            updateLastAppliedTermIndex(term, index);
            events.advanced(index);
        }
    }

    /** Ratis says here that it is about to make its log durable. */
    @Override
    public CompletableFuture<Void> flush(long index) {
        CrashPoint.LOG_BEFORE_FLUSH.reached();
        return super.flush(index);
    }

    /**
     * Ratis asks after each run of entries; whether a snapshot is due is decided here, and so is what of the log may go.
     *
     * @return never an index: Ratis would delete the log up to it, and it knows a number of entries to keep but no number
     *     of bytes
     */
    @Override
    public long takeSnapshot() {
        TermIndex applied = getLastAppliedTermIndex();
        // Being replaced, or still replaying what the database holds: Ratis may not hear of an index ahead of it.
        if (getLifeCycleState() == LifeCycle.State.RUNNING && seenIndex >= applied.getIndex()) {
            rhythm.takeIfDue(applied).ifPresent(this::purgeLog);
        }
        return RaftLog.INVALID_LOG_INDEX;
    }

    private void purgeLog(long snapshotIndex) {
        LogSegments segments = log;
        if (segments == null) {
            throw new IllegalStateException("Ratis asked for a snapshot before it initialized the state machine");
        }
        try {
            OptionalLong disposable = segments.disposable(snapshotIndex, limits);
            if (disposable.isPresent()) {
                // On a thread of Ratis' own, which says in its log what became of it.
                var unused = division().getRaftLog().purge(disposable.getAsLong());
            }
        } catch (IOException e) {
            LOG.atError().setCause(e).log("the log could not be cut; it is tried again with the next snapshot");
        }
    }

    private RaftServer.Division division() {
        try {
            return getServer().join().getDivision(getGroupId());
        } catch (IOException e) {
            throw faults.fatal("the Raft server does not know its own group " + getGroupId(), e);
        }
    }

    @Override
    public void notifyLeaderReady() {
        events.leaderReady(division().getInfo().getCurrentTerm());
    }

    @Override
    public void notifyNotLeader(Collection<TransactionContext> pendingEntries) {
        events.notLeader();
    }

    @Override
    public void notifyLeaderChanged(RaftGroupMemberId self, RaftPeerId leader) {
        events.leaderChanged(leader.toString());
    }

    /** The log cannot be written any more, yet Ratis would go on leading with it. */
    @Override
    @SuppressWarnings("ThrowableNotThrown") // Ratis' log worker has no use for it, and production does not return
    public void notifyLogFailed(Throwable cause, @Nullable LogEntryProto entry) {
        faults.fatal("the Raft log failed" + (entry == null ? "" : " at entry " + entry.getIndex()), cause);
    }

    @Override
    @SuppressWarnings("ThrowableNotThrown") // the server is closed already, and production does not return
    public void notifyServerShutdown(RoleInfoProto role, boolean allServers) {
        if (!shutdownExpected) {
            faults.fatal("the Raft server closed itself; its log says why", null);
        }
    }

    @Override
    public void close() {
        applier = null;
        past.set(null);
        database.close();
    }

    private CommandApplier opened() {
        CommandApplier current = applier;
        if (current == null) {
            throw new StoreException("the database is closed, or being replaced by a snapshot; try again", null);
        }
        return current;
    }
}
