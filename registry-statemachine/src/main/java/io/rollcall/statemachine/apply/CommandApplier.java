package io.rollcall.statemachine.apply;

import io.rollcall.api.model.InstanceKey;
import io.rollcall.statemachine.change.ChangeBatch;
import io.rollcall.statemachine.change.ChangeSink;
import io.rollcall.statemachine.change.ChangeTrace;
import io.rollcall.statemachine.change.RegistryChange;
import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.CommandBatch;
import io.rollcall.statemachine.command.CommandHeader;
import io.rollcall.statemachine.command.CommandResult;
import io.rollcall.statemachine.command.CommandResult.Refused;
import io.rollcall.statemachine.command.CommandResult.Refused.Reason;
import io.rollcall.statemachine.state.AppliedPosition;
import io.rollcall.statemachine.state.Mutation;
import io.rollcall.statemachine.state.RequestRecord;
import io.rollcall.statemachine.state.StateReader;
import io.rollcall.statemachine.state.TombstoneRecord;
import io.rollcall.statemachine.store.RegistryStore;
import io.rollcall.statemachine.store.RegistryStore.Transaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Applies log entries to the store: each command by the rules, all of one entry in one atomic batch, each request once.
 * For the one thread that applies the log; {@link #preview} is for any thread.
 */
public final class CommandApplier {

    /** How long a request is remembered, by the replicated clock. */
    public static final Duration REQUEST_MEMORY = Duration.ofMinutes(10);

    /** How long a removed instance leaves a tombstone, by the replicated clock. */
    public static final Duration TOMBSTONE_MEMORY = Duration.ofHours(1);

    // An entry forgets more than it can add, so that what is remembered stays bounded, and little enough to stay quick.
    private static final int FORGOTTEN_PER_ENTRY = 64;
    private static final int FORGOTTEN_PER_COMMAND = 2;

    private final RegistryStore store;
    private final ChangeSink sink;
    private final DigestLog digests;

    /**
     * An applier.
     *
     * @param store takes the mutations
     * @param sink is told of the changes once they are in the store
     * @param digests takes the state hash after each entry
     */
    public CommandApplier(RegistryStore store, ChangeSink sink, DigestLog digests) {
        this.store = store;
        this.sink = sink;
        this.digests = digests;
        digests.record(store.reader().applied().registryIndex(), store.digest());
    }

    /**
     * Applies one log entry. When it returns, readers of the store and of the sink see it.
     *
     * @param term Raft term of the entry
     * @param logIndex Raft index of the entry, above all applied before
     * @param batch its commands
     * @return one result a command, in order
     */
    public List<CommandResult> apply(long term, long logIndex, CommandBatch batch) {
        List<CommandResult> results = new ArrayList<>(batch.commands().size());
        List<RegistryChange> changes = new ArrayList<>(batch.commands().size());
        List<ChangeTrace> traces = new ArrayList<>(0);
        AppliedPosition position;
        try (Transaction transaction = store.begin()) {
            AppliedPosition before = transaction.applied();
            long now = Math.max(before.clockMillis(), batch.proposedAtMillis());
            forgetOld(transaction, now, batch.commands().size());
            long index = before.registryIndex();
            for (Command command : batch.commands()) {
                int known = changes.size();
                CommandResult result = applyOnce(transaction, command, index + 1, term, now, changes);
                note(command.header(), changes, known, traces);
                results.add(result);
                // A repetition's result has an index of the past; it takes one of its own.
                index = Math.max(index + 1, result.index());
            }
            position = new AppliedPosition(term, logIndex, index, now);
            transaction.commit(position);
        }
        digests.record(position.registryIndex(), store.digest());
        sink.changed(new ChangeBatch(logIndex, position.registryIndex(), position.clockMillis(), changes, traces));
        return results;
    }

    /** Notes whose doing the changes behind some are, for those who tell of them. */
    private static void note(CommandHeader header, List<RegistryChange> changes, int known, List<ChangeTrace> traces) {
        String traceParent = header.traceParent();
        if (traceParent != null && header.isSampled() && changes.size() > known) {
            long last = changes.get(changes.size() - 1).index();
            traces.add(new ChangeTrace(changes.get(known).index(), last, traceParent));
        }
    }

    private static CommandResult applyOnce(
            Transaction transaction, Command command, long index, long term, long now, List<RegistryChange> changes) {
        CommandHeader header = command.header();
        RequestRecord seen = command.isRemembered() ? transaction.request(header.requestId()) : null;
        if (seen != null) {
            return seen.fingerprint().equals(header.fingerprint())
                    ? seen.result()
                    : new Refused(index, Reason.REQUEST_ID_REUSED, null, 0);
        }
        Effect effect = command.match(new RegistryRules(new ApplyContext(transaction, term, index, now)));
        effect.mutations().forEach(transaction::put);
        if (command.isRemembered() && !isOfItsSeal(effect.result())) {
            transaction.put(new Mutation.PutRequest(
                    new RequestRecord(header.requestId(), header.fingerprint(), now, effect.result())));
        }
        changes.addAll(effect.changes());
        return effect.result();
    }

    /** A refusal that ends with the next seal, which must find the request as if it were new. */
    private static boolean isOfItsSeal(CommandResult result) {
        return result instanceof Refused refused && refused.reason() == Reason.SEAL_SUPERSEDED;
    }

    private static void forgetOld(Transaction transaction, long now, int commands) {
        int limit = FORGOTTEN_PER_ENTRY + FORGOTTEN_PER_COMMAND * commands;
        for (String requestId : transaction.requestsBefore(now - REQUEST_MEMORY.toMillis(), limit)) {
            transaction.put(new Mutation.RemoveRequest(requestId));
        }
        for (InstanceKey key : transaction.tombstonesBefore(now - TOMBSTONE_MEMORY.toMillis(), limit)) {
            transaction.put(new Mutation.RemoveTombstone(key));
        }
    }

    /**
     * Returns a reader of what is committed here.
     *
     * @return for any thread, until the store is closed
     */
    public StateReader committed() {
        return store.reader();
    }

    /**
     * Evaluates a command against what is committed here; nothing is written or remembered.
     *
     * @param command what would be submitted
     * @param nowMillis wall clock, milliseconds since 1970
     * @return what it would come to
     */
    public CommandResult preview(Command command, long nowMillis) {
        AppliedPosition applied = store.reader().applied();
        ApplyContext context = new ApplyContext(
                store.reader(),
                applied.term(),
                applied.registryIndex() + 1,
                Math.max(applied.clockMillis(), nowMillis));
        return command.match(new RegistryRules(context)).result();
    }

    /**
     * Finds what is left of a removed instance, as of what is committed here; for any thread.
     *
     * @param key which instance
     * @return null if it was never there, is there, or went longer ago than {@link #TOMBSTONE_MEMORY}
     */
    public @Nullable TombstoneRecord tombstone(InstanceKey key) {
        return store.reader().tombstone(key);
    }
}
