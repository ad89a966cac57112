package io.rollcall.server.raft;

import io.rollcall.server.app.Measured;
import io.rollcall.statemachine.codec.CommandCodec;
import io.rollcall.statemachine.fault.CrashPoint;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.IntSupplier;

/** Gathers commands into log entries, on the leader. */
final class Proposer implements ProposalRoute {

    /**
     * The largest command. Ratis takes entries of 4 MiB at most and steps down as leader at a larger one, so that the
     * rest is kept for the entry's own fields.
     */
    static final int COMMAND_BYTES_MAX = 3_584 * 1024;

    /**
     * Few entries in flight make large ones. An entry costs some ten thread hand-offs and two fsyncs, and with 64 callers
     * on two cores up to 1, 2, 4, 8 entries in flight took 0.6, 0.7, 0.9, 1.3 ms of CPU a command on three members.
     */
    static final BatchPump.Limits LIMITS = new BatchPump.Limits(256, 512 * 1024, 4, 65_536, 64L * 1024 * 1024);

    private static final int BUSY_COMMANDS = 16;

    private final EntryLog log;
    private final IntSupplier featureLevel;
    private final InstantSource clock;
    private final BatchPump pump;
    private final Measured batchSizes = new Measured();

    /**
     * A proposer.
     *
     * @param log takes the entries
     * @param featureLevel the cluster's level now
     * @param clock stamps the entries
     * @param executor sends what gathered while entries were in flight
     */
    Proposer(EntryLog log, IntSupplier featureLevel, InstantSource clock, Executor executor) {
        this.log = log;
        this.featureLevel = featureLevel;
        this.clock = clock;
        this.pump = new BatchPump(LIMITS, this::append, executor);
    }

    @Override
    public void propose(Proposal proposal) {
        if (proposal.featureLevel() > featureLevel.getAsInt()) {
            proposal.settled(Disposition.FEATURE_LEVEL);
        } else if (!pump.offer(proposal)) {
            proposal.settled(Disposition.OVERLOADED);
        }
    }

    /** Whether so many commands wait that throughput counts for more than the time of one. */
    boolean isBusy() {
        return pump.size() >= BUSY_COMMANDS;
    }

    /** How many commands wait for an entry. */
    int waiting() {
        return pump.size();
    }

    /** How many commands the entries have. */
    Measured batchSizes() {
        return batchSizes;
    }

    private CompletableFuture<?> append(List<Proposal> batch) {
        batchSizes.add(batch.size());
        byte[] entry = CommandCodec.entry(
                clock.millis(), batch.stream().map(Proposal::encoded).toList());
        CrashPoint.PROPOSE_BEFORE_APPEND.reached();
        return log.append(entry).thenAccept(disposition -> batch.forEach(proposal -> proposal.settled(disposition)));
    }
}
