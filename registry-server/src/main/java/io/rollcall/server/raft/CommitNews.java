package io.rollcall.server.raft;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.grpc.GrpcFactory;
import org.apache.ratis.grpc.server.GrpcLogAppender;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.rpc.RpcFactory;
import org.apache.ratis.rpc.RpcType;
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

    private static final String PARAMETER = "rollcall.commit-news";

    private final Set<LogAppender> appenders = ConcurrentHashMap.newKeySet();

    /** Puts itself where the transport of this member's Raft server finds it. */
    void attachTo(Parameters parameters) {
        parameters.put(PARAMETER, this, CommitNews.class);
    }

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

    /** Ratis' gRPC transport with appenders that listen to the news. Ratis makes it by its name. */
    static final class Transport implements RpcType {

        Transport() {}

        @Override
        public String name() {
            return Transport.class.getName();
        }

        @Override
        public RpcFactory newFactory(Parameters parameters) {
            CommitNews news = parameters.getNonNull(PARAMETER, CommitNews.class);
            return new GrpcFactory(parameters) {
                @Override
                public LogAppender newLogAppender(
                        RaftServer.Division server, LeaderState state, FollowerInfo follower) {
                    return new Appender(server, state, follower, news);
                }
            };
        }
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
