package io.rollcall.server.raft;

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
import org.apache.ratis.server.raftlog.RaftLog;
import org.apache.ratis.server.raftlog.RaftLogIOException;
import org.apache.ratis.util.LifeCycle;

/**
 * Tells followers at once what is committed. Without the log's metadata entries Ratis tells them with the next entry, or,
 * where none comes, with the next heartbeat: a single write through a follower would take half an election timeout.
 */
final class CommitNews {

    private final Set<LogAppender> appenders = ConcurrentHashMap.newKeySet();

    /**
     * Something was committed. Never blocks; without effect on a member that does not lead.
     *
     * @param entryFollows whether the next entry is about to be appended, which will tell it without a message of its own
     */
    void committed(boolean entryFollows) {
        if (!entryFollows) {
            appenders.forEach(LogAppender::notifyLogAppender);
        }
    }

    /** An appender that tells its follower. */
    LogAppender appender(RaftServer.Division server, LeaderState state, FollowerInfo follower) {
        return new Appender(server, state, follower, this);
    }

    /** An appender that sends an empty append when there is a commit to tell of, and nothing else that would tell it. */
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
        public AppendEntriesRequestProto newAppendEntriesRequest(long callId, boolean heartbeat)
                throws RaftLogIOException {
            AppendEntriesRequestProto request = super.newAppendEntriesRequest(callId, heartbeat);
            // While entries are on their way an empty append may not say how far they count; their answers come back
            // here.
            if (request == null && getRaftLog().getLastCommittedIndex() > toldIndex && !hasPendingDataRequests()) {
                request = super.newAppendEntriesRequest(callId, true);
            }
            if (request != null) {
                toldIndex = Math.max(toldIndex, request.getLeaderCommit());
            }
            return request;
        }
    }
}
