package io.rollcall.server.raft;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.ratis.grpc.server.GrpcLogAppender;
import org.apache.ratis.grpc.server.GrpcServicesImpl;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.leader.FollowerInfo;
import org.apache.ratis.server.leader.LeaderState;
import org.apache.ratis.server.leader.LogAppender;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.raftlog.RaftLog;
import org.apache.ratis.server.raftlog.RaftLogIOException;
import org.apache.ratis.util.LifeCycle;
import org.jspecify.annotations.Nullable;

/**
 * Tells followers at once what is committed, at a bounded pace. Without the log's metadata entries Ratis tells them with the next entry, or,
 * where none comes, with the next heartbeat: a single write through a follower would take half an election timeout.
 */
final class CommitNews {

    private final Set<LogAppender> appenders = ConcurrentHashMap.newKeySet();
    private final NewsPace pace = new NewsPace(System::nanoTime);
    private volatile boolean busy;

    /**
     * Something was committed. Never blocks; without effect on a member that does not lead.
     *
     * @param isBusy whether another entry is under way, which tells it, too, but not before that is on a follower's disk
     */
    void committed(boolean isBusy) {
        boolean isNews = pace.isNews(isBusy);
        busy = !isNews;
        if (isNews) {
            appenders.forEach(LogAppender::notifyLogAppender);
        }
    }

    /** An appender that tells its follower. */
    LogAppender appender(RaftServer.Division server, LeaderState state, FollowerInfo follower) {
        return new Appender(server, state, follower, this);
    }

    /** An appender that sends an empty append when there is a commit to tell of. */
    private static final class Appender extends GrpcLogAppender {

        private final CommitNews news;
        // For the appender's own thread alone.
        private long toldIndex = RaftLog.INVALID_LOG_INDEX;

        Appender(RaftServer.Division server, LeaderState state, FollowerInfo follower, CommitNews news) {
            super(server, state, follower);
            this.news = news;
        }

        @Override
        public GrpcServicesImpl getServerRpc() {
            return RaftTransport.ungated(getServer().getRaftServer());
        }

        @Override
        public void start() {
            news.appenders.add(this);
            super.start();
        }

        @Override
        public CompletableFuture<LifeCycle.State> stopAsync() {
            news.appenders.remove(this);
            return super.stopAsync();
        }

        @Override
        public @Nullable AppendEntriesRequestProto newAppendEntriesRequest(long callId, boolean heartbeat)
                throws RaftLogIOException {
            AppendEntriesRequestProto first = heartbeat || news.busy ? null : news(callId);
            if (first != null) {
                return first;
            }
            AppendEntriesRequestProto request = super.newAppendEntriesRequest(callId, heartbeat);
            if (request == null) {
                return news(callId);
            }
            if (!heartbeat && news.busy) {
                toldIndex = Math.max(toldIndex, request.getLeaderCommit());
            }
            return request;
        }

        /**
         * What tells the follower how far its entries count; null if it knows, or has not acknowledged them yet: its answer
         * comes back here.
         */
        private @Nullable AppendEntriesRequestProto news(long callId) {
            long committed = getRaftLog().getLastCommittedIndex();
            if (committed <= Math.max(toldIndex, getFollower().getCommitIndex())) {
                return null;
            }
            TermIndex held = heldByFollower(committed);
            if (held == null) {
                return null;
            }
            toldIndex = committed;
            return getLeaderState().newAppendEntriesRequestProto(getFollower(), List.of(), held, callId);
        }

        /**
         * The last entry that the follower is known to have, if that is committed: an append behind it says that it is.
         * One that brings entries says so no sooner than they are on the follower's disk.
         */
        private @Nullable TermIndex heldByFollower(long committed) {
            long held = getFollower().getMatchIndex();
            return held < committed ? null : getRaftLog().getTermIndex(held);
        }
    }
}
