package io.rollcall.server.raft;

import io.rollcall.server.app.Measured;
import io.rollcall.statemachine.ratis.RegistryStateMachine;
import io.rollcall.statemachine.state.StateReader;
import io.rollcall.statemachine.store.StoreFigures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What can be counted of this member's part in the cluster. Thread-safe; what is not known is NaN. */
public final class RaftFigures {

    /** The parts of Ratis that count for themselves. */
    private static final String LOG = "log_worker";

    private static final String ELECTION = "leader_election";
    private static final String SERVER = "server";

    private final LocalDivision division;
    private final Proposer proposer;
    private final ReadBarrier barrier;
    private final RegistryStateMachine stateMachine;
    private final Measured applyNanos;
    private final RatisMeter ratis;
    private final Path log;

    /** To be made before the server is built. */
    RaftFigures(
            LocalDivision division,
            Proposer proposer,
            ReadBarrier barrier,
            RegistryStateMachine stateMachine,
            NodeParts parts,
            Path log) {
        this.division = division;
        this.proposer = proposer;
        this.barrier = barrier;
        this.stateMachine = stateMachine;
        this.applyNanos = parts.applyNanos();
        this.ratis = new RatisMeter(division.self());
        this.log = log;
    }

    /** Ends the counting of what Ratis counts. */
    void close() {
        ratis.close();
    }

    /**
     * Returns Raft's term.
     *
     * @return 0 before the member takes part
     */
    public long term() {
        return division.term();
    }

    /**
     * Tells whether this member leads, and is ready to.
     *
     * @return true if so
     */
    public boolean leads() {
        return division.leaderReady();
    }

    /**
     * Tells whether this member knows who leads.
     *
     * @return true if so
     */
    public boolean knowsLeader() {
        return division.leader() != null;
    }

    /**
     * Returns the committed log index.
     *
     * @return -1 before there is one
     */
    public long committedIndex() {
        return division.committedIndex();
    }

    /**
     * Returns the applied log index.
     *
     * @return -1 before there is one
     */
    public long appliedIndex() {
        return division.appliedIndex();
    }

    /**
     * Returns how many elections this member stood in.
     *
     * @return since the start
     */
    public double elections() {
        return ratis.count(ELECTION, "electionCount");
    }

    /**
     * Returns how many of its elections came to no end.
     *
     * @return since the start
     */
    public double electionTimeouts() {
        return ratis.count(ELECTION, "timeoutCount");
    }

    /**
     * Returns how many snapshots it sent as the leader.
     *
     * @return since the start
     */
    public double snapshotsSent() {
        return ratis.count(SERVER, "numInstallSnapshot");
    }

    /**
     * Returns how often the log was forced to the disk.
     *
     * @return since the start
     */
    public double logSyncs() {
        return ratis.count(LOG, "syncTime");
    }

    /**
     * Returns how long that took lately.
     *
     * @param quantile such as 0.99
     * @return seconds
     */
    public double logSyncSeconds(double quantile) {
        return ratis.quantileSeconds(LOG, "syncTime", quantile);
    }

    /**
     * Returns how many entries wait to be written.
     *
     * @return 0 or more
     */
    public double logQueue() {
        return ratis.gauge(LOG, "workerQueueSize");
    }

    /**
     * Returns what the log takes on the disk; looks at its files.
     *
     * @return bytes
     */
    public double logBytes() {
        try (Stream<Path> files = Files.list(log)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        } catch (IOException e) {
            // Not made yet, or the disk does not answer: whoever writes to it finds out.
            return Double.NaN;
        }
    }

    /**
     * Returns how many commands the proposed entries have.
     *
     * @return commands
     */
    public Measured batchSizes() {
        return proposer.batchSizes();
    }

    /**
     * Returns how many commands wait for an entry.
     *
     * @return 0 or more
     */
    public int waitingCommands() {
        return proposer.waiting();
    }

    /**
     * Returns how long rounds of the read barrier take that pass.
     *
     * @return nanoseconds
     */
    public Measured barrierNanos() {
        return barrier.passedNanos();
    }

    /**
     * Returns how many rounds did not pass.
     *
     * @return since the start
     */
    public long barrierFailures() {
        return barrier.failedRounds();
    }

    /**
     * Returns how long it takes to apply the commands of an entry.
     *
     * @return nanoseconds
     */
    public Measured applyNanos() {
        return applyNanos;
    }

    /**
     * Returns how the store does.
     *
     * @return empty while there is none
     */
    public Optional<StoreFigures> store() {
        return stateMachine.storeFigures();
    }

    /**
     * Asks what is committed here.
     *
     * @param question reads what it needs
     * @param <R> its answer
     * @return empty while there is no store
     */
    public <R> Optional<R> stored(Function<StateReader, R> question) {
        return stateMachine.read(question);
    }
}
