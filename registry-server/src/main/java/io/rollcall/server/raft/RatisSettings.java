package io.rollcall.server.raft;

import io.rollcall.server.config.RaftSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.RaftConfigKeys;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.server.RaftServerConfigKeys.Log;
import org.apache.ratis.server.RaftServerConfigKeys.Rpc;
import org.apache.ratis.server.RaftServerConfigKeys.Snapshot;
import org.apache.ratis.util.SizeInBytes;
import org.apache.ratis.util.TimeDuration;

/** All that is set in Ratis, each line with its reason. What is not here has its default. */
final class RatisSettings {

    /** Entries and requests stay below it; see {@link Proposer#COMMAND_BYTES_MAX}. */
    private static final SizeInBytes ENTRY_MAX = SizeInBytes.valueOf("4MB");

    private static final SizeInBytes PREALLOCATED = SizeInBytes.valueOf("4MB");
    private static final int RETAINED_SNAPSHOTS = 2;

    private RatisSettings() {}

    static RaftProperties of(Path storage, RaftSettings settings) {
        RaftProperties properties = new RaftProperties();
        // The default is a temporary folder.
        RaftServerConfigKeys.setStorageDir(properties, List.of(storage.toFile()));
        network(properties, settings);
        elections(properties, settings);
        log(properties, settings);
        snapshots(properties);
        limits(properties);
        return properties;
    }

    private static void network(RaftProperties properties, RaftSettings settings) {
        // Ratis' gRPC with what it lacks.
        RaftConfigKeys.Rpc.setType(properties, new RaftTransport());
        // One port for members and for what they ask beside Raft; the default port is random.
        GrpcConfigKeys.Server.setHost(properties, settings.listen().host());
        GrpcConfigKeys.Server.setPort(properties, settings.listen().port());
        // The largest append request (entries of 4 MB and their fields) must fit with 1 MB to spare.
        GrpcConfigKeys.setMessageSizeMax(properties, SizeInBytes.valueOf("64MB"));
        // The default of 1 MB stops a single large entry for a round trip.
        GrpcConfigKeys.setFlowControlWindow(properties, SizeInBytes.valueOf("4MB"));
        // The default of 8 limits pipelining while one fsync of a follower is slow.
        GrpcConfigKeys.Server.setLeaderOutstandingAppendsMax(properties, 32);
        // The default, spelled out: heartbeats must not wait behind bulk, or a busy leader is voted out.
        GrpcConfigKeys.Server.setHeartbeatChannel(properties, true);
        // The default of 3 s delays recovery from a follower that hangs.
        Rpc.setRequestTimeout(properties, seconds(1));
        // After ten errors the default leaves a restarted follower without any contact for 1 to 5 s.
        Log.Appender.setRetryPolicy(
                properties, "ExponentialBackoffRetry,10ms," + errorPauseMillis(settings) + "ms,1000000");
    }

    /**
     * How long a leader pauses after an error of a follower; Ratis draws from half to one and a half of it. It must be
     * below half the election timeout: behind that Ratis sends a heartbeat in place of entries, and a follower that lost
     * its log answers each heartbeat with an error, so that it would never get its first entry. It should be above a
     * quarter: between a shorter pause and the next heartbeat Ratis runs in circles if the follower is dead and there is
     * nothing to send, at the cost of a core.
     */
    private static long errorPauseMillis(RaftSettings settings) {
        return Math.max(10, settings.electionTimeoutMin().toMillis() / 3);
    }

    private static void elections(RaftProperties properties, RaftSettings settings) {
        Rpc.setTimeoutMin(properties, duration(settings.electionTimeoutMin()));
        Rpc.setTimeoutMax(properties, duration(settings.electionTimeoutMax()));
        // The same for the first election: there is nothing to wait for.
        Rpc.setFirstElectionTimeoutMin(properties, duration(settings.electionTimeoutMin()));
        Rpc.setFirstElectionTimeoutMax(properties, duration(settings.electionTimeoutMax()));
        // The default, spelled out: a member that was cut off must not depose a leader that works.
        RaftServerConfigKeys.LeaderElection.setPreVote(properties, true);
        // The default of 10 s keeps a leader that stepped down from standing again while it may be the only one able
        // to.
        RaftServerConfigKeys.LeaderElection.setLeaderStepDownWaitTime(properties, seconds(1));
        // A follower that overslept the shortest timeout has no right to call the leader silent.
        RaftServerConfigKeys.setSleepDeviationThreshold(properties, duration(settings.electionTimeoutMin()));
        // The default closes the server after a pause of 60 s; a member that was stopped for longer rejoins.
        RaftServerConfigKeys.setCloseThreshold(properties, TimeDuration.valueOf(10, TimeUnit.MINUTES));
        // A follower without a leader says so soon.
        RaftServerConfigKeys.Notification.setNoLeaderTimeout(properties, seconds(5));
        // The default of two seconds or so is too short for a snapshot to reach a new member.
        RaftServerConfigKeys.setStagingTimeout(properties, seconds(30));
        // The default of 1,000 entries is out of reach for a new member under load.
        RaftServerConfigKeys.setStagingCatchupGap(properties, 100_000);
    }

    private static void log(RaftProperties properties, RaftSettings settings) {
        // The default has followers write an append only after the one before is on disk, and acknowledge entries that
        // they do not hold if only their indexes match.
        Log.setAppendEntriesComposeEnabled(properties, false);
        // The default is a fair lock whose hand-offs stall apply and appenders (RATIS-2129).
        Log.setReadLockEnabled(properties, false);
        // The default appends and replicates one more entry after each commit, to remember the committed index. It is
        // part of the tail that a crash tears, so RatisNode holds the end of the log against the durable position of
        // the database instead; and against voters that were wiped there is VotingRight.
        Log.setLogMetadataEnabled(properties, false);
        // The default of 128 ends group commits early.
        Log.setForceSyncNum(properties, 4_096);
        // The defaults, spelled out: either one loses what was acknowledged.
        Log.setUnsafeFlushEnabled(properties, false);
        Log.setAsyncFlushEnabled(properties, false);
        // The default refuses to start after a kill during a write. LogFiles tells what a crash broke off from what the
        // disk has damaged, before Ratis reads the log.
        Log.setCorruptionPolicy(properties, Log.CorruptionPolicy.WARN_AND_RETURN);
        SizeInBytes segment = SizeInBytes.valueOf(settings.segmentSizeBytes());
        // The default of 32 MB rolls twice as often.
        Log.setSegmentSizeMax(properties, segment);
        Log.setPreallocatedSize(properties, segment.getSize() < PREALLOCATED.getSize() ? segment : PREALLOCATED);
        // Heap: the defaults keep six segments or 200 MB of entries that were applied long ago.
        Log.setSegmentCacheNumMax(properties, 2);
        Log.setSegmentCacheSizeMax(properties, SizeInBytes.valueOf("64MB"));
        // The largest entry; the write buffer must hold it and eight bytes more.
        Log.Appender.setBufferByteLimit(properties, ENTRY_MAX);
        Log.setWriteBufferSize(properties, SizeInBytes.valueOf("8MB"));
        // The default, spelled out: it paces each follower's appends a little, so that entries gather.
        Log.Appender.setWaitTimeMin(properties, TimeDuration.valueOf(1, TimeUnit.MILLISECONDS));
    }

    private static void snapshots(RaftProperties properties) {
        // The default never takes one, and the log grows for ever. Ratis counts entries alone, so it asks after each
        // run
        // of them, and the state machine decides, by entries and by bytes.
        Snapshot.setAutoTriggerEnabled(properties, true);
        Snapshot.setAutoTriggerThreshold(properties, 1);
        // A snapshot that is being sent must survive the next one.
        Snapshot.setRetentionFileNum(properties, RETAINED_SNAPSHOTS);
        // A stop is quick, and the next start replays.
        Snapshot.setTriggerWhenStopEnabled(properties, false);
        // The wait for an answer is their product, 24 s by default, and a leader that sends to a member that has just
        // died waits it out before it tries again.
        GrpcConfigKeys.Server.setInstallSnapshotRequestElementLimit(properties, 5);
        GrpcConfigKeys.Server.setInstallSnapshotRequestTimeout(properties, seconds(1));
        // So that a slow disk can answer for each piece in that time; the default is 16 MB.
        Log.Appender.setSnapshotChunkSizeMax(properties, SizeInBytes.valueOf("4MB"));
        // The state machine says up to where, for the same reason: Ratis is to keep nothing beyond that, be it for the
        // slowest member, which may be dead, or a number of entries.
        Log.setPurgeUptoSnapshotIndex(properties, true);
        Log.setPurgePreservationLogNum(properties, 0);
        Log.setPurgeGap(properties, 1);
    }

    private static void limits(RaftProperties properties) {
        // The proposer's own limits come first, far below these.
        RaftServerConfigKeys.Write.setElementLimit(properties, 16_384);
        RaftServerConfigKeys.Write.setByteLimit(properties, SizeInBytes.valueOf("128MB"));
        // Heap: the default remembers a minute of entries on each member, and request ids do its work.
        RaftServerConfigKeys.RetryCache.setExpiryTime(properties, seconds(10));
    }

    private static TimeDuration seconds(int seconds) {
        return TimeDuration.valueOf(seconds, TimeUnit.SECONDS);
    }

    private static TimeDuration duration(Duration duration) {
        return TimeDuration.valueOf(duration.toMillis(), TimeUnit.MILLISECONDS);
    }
}
