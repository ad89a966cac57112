package io.rollcall.chaos.mutant;

import java.util.Arrays;
import java.util.stream.Collectors;

/** One way in which a server can be broken. A node has at most one of them. */
public enum Mutant {
    /** The quorum does not count. */
    ACK_BEFORE_MAJORITY(
            "ack-before-majority",
            "the leader commits what it alone has on disk",
            "what was acknowledged survives the loss of a minority",
            "org.apache.ratis.server.impl.LeaderStateImpl$MinMajorityMax",
            "getMajority(long[])",
            Advices.AckBeforeMajority.class),

    /** The read barrier is open. */
    LOCAL_READ(
            "local-read",
            "a linearizable read is answered from the node's own state",
            "a linearizable read sees all that was acknowledged before it began",
            "io.rollcall.server.raft.ReadBarrier",
            "barrier(java.time.Duration)",
            Advices.LocalRead.class),

    /** Requests are not recognized. */
    NO_DEDUP(
            "no-dedup",
            "a repeated request is applied again",
            "a repeated request gets its first answer",
            "io.rollcall.statemachine.store.RocksTransaction",
            "request(java.lang.String)",
            Advices.NoDedup.class),

    /** Conditions are not looked at. */
    NO_PRECONDITION(
            "no-precondition",
            "a write is done although its precondition does not hold",
            "of writes under the same condition one wins",
            "io.rollcall.statemachine.command.Precondition",
            "holds(long)",
            Advices.NoPrecondition.class),

    /** Data and position come apart. */
    APPLIED_INDEX_NOT_WRITTEN(
            "applied-index-not-written",
            "the applied log index is stored with every thousandth entry alone, so that a restart applies entries again",
            "replicas hold the same state at the same index",
            "io.rollcall.statemachine.store.StoreHead",
            "bytes()",
            Advices.AppliedIndexNotWritten.class),

    /** A replica drops a mutation. */
    FORGOTTEN_INSTANCE(
            "forgotten-instance",
            "every twentieth instance is not stored",
            "replicas hold the same state at the same index",
            "io.rollcall.statemachine.store.RocksTransaction",
            "put(io.rollcall.statemachine.state.Mutation)",
            Advices.ForgottenInstance.class),

    /** Errors promise too much. */
    UNKNOWN_TOLD_AS_REFUSED(
            "unknown-told-as-refused",
            "a write whose outcome is unknown is reported as not done",
            "what was reported as not done is never seen",
            "io.rollcall.server.raft.PendingCommand",
            "mayBeLogged()",
            Advices.UnknownToldAsRefused.class),

    /** The view lags behind the index that it tells. */
    STALE_VIEW(
            "stale-view",
            "every other change of the view comes with the next one, while the index is told as current",
            "a read at an index sees what was written up to it",
            "io.rollcall.server.view.CatalogView",
            "changed(io.rollcall.statemachine.change.ChangeBatch)",
            Advices.StaleView.class),

    /** A lost disk keeps its vote. */
    AMNESIAC_VOTER(
            "amnesiac-voter",
            "a node with an empty data folder votes at once",
            "what was acknowledged survives the loss of a minority, disks included",
            "io.rollcall.server.raft.DataFolder",
            "isVoter()",
            Advices.AmnesiacVoter.class),

    /** The log lies in the page cache; only a loss of power tells. */
    SKIPPED_FSYNC(
            "skipped-fsync",
            "the Raft log is never forced to disk",
            "what was acknowledged survives a loss of power",
            "org.apache.ratis.server.raftlog.segmented.BufferedWriteChannel",
            "flushBuffer()",
            Advices.SkippedFsync.class),

    /** The state of before stays. */
    SNAPSHOT_KEEPS_OLD_DATABASE(
            "snapshot-keeps-old-database",
            "a snapshot that was installed does not take the place of the database",
            "replicas hold all that was acknowledged, however they got it",
            "io.rollcall.statemachine.ratis.LiveDatabase",
            "open(java.util.Optional)",
            Advices.SnapshotKeepsOldDatabase.class),

    /** Indexes are not unique. */
    INDEX_REUSED(
            "index-reused",
            "all commands of an entry get the index of its first one",
            "no two changes share an index",
            "io.rollcall.statemachine.apply.CommandApplier",
            "applyOnce(io.rollcall.statemachine.store.RegistryStore$Transaction,"
                    + "io.rollcall.statemachine.command.Command,long,long,long,java.util.List)",
            Advices.IndexReused.class),

    /** A request gets a second identity on its way. */
    DUPLICATE_ON_FORWARD(
            "duplicate-on-forward",
            "a follower forwards each command twice, under two request ids",
            "an acknowledged write is done once",
            "io.rollcall.server.raft.PeerMessages",
            "commands(java.util.List)",
            Advices.DuplicateOnForward.class),

    /** Mass silence is believed. */
    UNGOVERNED_EXPIRY(
            "ungoverned-expiry",
            "nothing is held back, however many fall silent at once",
            "a service that falls silent as a whole stays in discovery",
            "io.rollcall.server.leader.ExpiryGovernor",
            "holdsBack(io.rollcall.server.leader.ServiceLeases)",
            Advices.UngovernedExpiry.class),

    /** One bad answer is as good as many. */
    HASTY_VERDICT(
            "hasty-verdict",
            "the first bad answer of a check makes an instance critical",
            "a verdict rests on as many answers as the instance asks for",
            "io.rollcall.server.leader.CheckTally",
            "count(io.rollcall.server.probe.Outcome,io.rollcall.api.model.HealthCheck)",
            Advices.HastyVerdict.class),

    /** The feed does not hear of all. */
    UNTOLD_CHANGE(
            "untold-change",
            "every twentieth change that touches what somebody watches is not told",
            "a watcher misses no change",
            "io.rollcall.server.watch.ServiceFeed",
            "apply(long,io.rollcall.api.model.Instance,io.rollcall.api.model.Instance,java.lang.String)",
            WatchAdvices.UntoldChange.class),

    /** What lay between two streams is skipped. */
    LATE_RESUME(
            "late-resume",
            "a watch that is resumed begins twenty changes behind the one it was told last",
            "a watch that is resumed misses no change",
            "io.rollcall.server.watch.StreamOrder",
            "resumeAt()",
            WatchAdvices.LateResume.class),

    /** An id promises what was not sent. */
    EARLY_ID(
            "early-id",
            "each event says that all up to twenty changes behind it was told",
            "whoever resumes at an id misses no change",
            "io.rollcall.server.watch.Frame",
            "head(java.lang.String,long)",
            WatchAdvices.EarlyId.class);

    private final String label;
    private final String breakage;
    private final String promise;
    private final String targetType;
    private final String targetSignature;
    private final Class<?> advice;

    Mutant(String label, String breakage, String promise, String targetType, String targetSignature, Class<?> advice) {
        this.label = label;
        this.breakage = breakage;
        this.promise = promise;
        this.targetType = targetType;
        this.targetSignature = targetSignature;
        this.advice = advice;
    }

    /**
     * Finds a mutant.
     *
     * @param label its name
     * @return the mutant
     * @throws MutationException if there is none of that name
     */
    public static Mutant named(String label) {
        return Arrays.stream(values())
                .filter(mutant -> mutant.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new MutationException("no mutant is called '" + label + "'; there are "
                        + Arrays.stream(values()).map(Mutant::label).collect(Collectors.joining(", "))));
    }

    /**
     * Returns its name.
     *
     * @return lower case, with dashes
     */
    public String label() {
        return label;
    }

    /**
     * Says what is broken.
     *
     * @return a sentence without its end
     */
    public String breakage() {
        return breakage;
    }

    /**
     * Says which promise does not hold any more, and so what should find the mutant.
     *
     * @return a sentence without its end
     */
    public String promise() {
        return promise;
    }

    /** What is rewritten. */
    Target target() {
        return new Target(targetType, targetSignature);
    }

    /** What is written into it. */
    Class<?> advice() {
        return advice;
    }

    /**
     * Returns the line that a node prints once the broken code has made a difference.
     *
     * @return the whole line
     */
    public String atWork() {
        return "mutant " + label + " is at work";
    }
}
