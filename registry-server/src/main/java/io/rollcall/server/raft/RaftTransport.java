package io.rollcall.server.raft;

import io.rollcall.statemachine.fault.CrashPoint;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.grpc.GrpcFactory;
import org.apache.ratis.grpc.server.GrpcServices;
import org.apache.ratis.grpc.server.GrpcServicesImpl;
import org.apache.ratis.rpc.RpcFactory;
import org.apache.ratis.rpc.RpcType;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.leader.FollowerInfo;
import org.apache.ratis.server.leader.LeaderState;
import org.apache.ratis.server.leader.LogAppender;
import org.apache.ratis.thirdparty.io.grpc.ServerServiceDefinition;
import org.apache.ratis.thirdparty.io.grpc.netty.NettyServerBuilder;

/**
 * Ratis' gRPC transport with what Ratis lacks: followers hear of commits at once, members without the right have no part
 * in elections, and members ask each other more on the same port. Ratis makes it by its name.
 */
final class RaftTransport implements RpcType {

    private static final String PARTS = "rollcall.transport";

    private record Parts(CommitNews news, VotingRight right, PeerTls tls) {}

    RaftTransport() {}

    /** What the transport of one Raft server is made with. */
    static Parameters parameters(CommitNews news, VotingRight right, ServerServiceDefinition questions, PeerTls tls) {
        Parameters parameters = new Parameters();
        Parts parts = new Parts(news, right, tls);
        parameters.put(PARTS, parts, Parts.class);
        GrpcConfigKeys.Server.setServicesCustomizer(
                parameters, (builder, types) -> customize(builder, parts).addService(questions));
        return parameters;
    }

    private static NettyServerBuilder customize(NettyServerBuilder builder, Parts parts) {
        // The one that was given last looks first.
        builder.intercept(parts.right.gate()).intercept(MemberGate.forMembersAlone());
        parts.tls.guard(builder);
        return CrashPoint.LOG_BEFORE_ACKNOWLEDGEMENT.isArmed()
                ? builder.intercept(new AcknowledgementPoint())
                : builder;
    }

    @Override
    public String name() {
        return RaftTransport.class.getName();
    }

    @Override
    public RpcFactory newFactory(Parameters parameters) {
        Parts parts = parameters.getNonNull(PARTS, Parts.class);
        return new GrpcFactory(parameters) {
            @Override
            public GrpcServices newRaftServerRpc(RaftServer server) {
                GrpcServices rpc = parts.tls.rpc(server, parameters);
                return new GatedRpc(rpc == null ? super.newRaftServerRpc(server) : rpc, parts.right, parts.tls);
            }

            @Override
            public LogAppender newLogAppender(RaftServer.Division server, LeaderState state, FollowerInfo follower) {
                return parts.news.appender(server, state, follower);
            }
        };
    }

    /** The transport as Ratis' own appenders know it. */
    static GrpcServicesImpl ungated(RaftServer server) {
        return (GrpcServicesImpl) ((GatedRpc) server.getServerRpc()).ungated();
    }
}
