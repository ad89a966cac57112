package io.rollcall.server.raft;

import java.io.IOException;
import java.util.Set;
import org.apache.ratis.proto.grpc.RaftServerProtocolServiceGrpc;
import org.apache.ratis.thirdparty.io.grpc.Metadata;
import org.apache.ratis.thirdparty.io.grpc.ServerCall;
import org.apache.ratis.thirdparty.io.grpc.ServerCallHandler;
import org.apache.ratis.thirdparty.io.grpc.ServerInterceptor;
import org.apache.ratis.thirdparty.io.grpc.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether this member takes part in elections, as it stands on disk. A member whose folder is new may be one that lost its
 * disk: it has forgotten what it voted for and what it acknowledged, so it neither votes nor stands nor vouches for a leader
 * until {@link Admission} found that it may. It takes entries all the while.
 *
 * <p>Ratis' own guard does not suffice: it knows an empty log, and a member that got the first entries back has a log.
 */
final class VotingRight {

    private static final Logger LOG = LoggerFactory.getLogger(VotingRight.class);

    private static final Set<String> ELECTIONS = Set.of(
            RaftServerProtocolServiceGrpc.getRequestVoteMethod().getFullMethodName(),
            RaftServerProtocolServiceGrpc.getStartLeaderElectionMethod().getFullMethodName());

    private final DataFolder data;
    private volatile boolean held;

    VotingRight(DataFolder data) {
        this.data = data;
        this.held = data.isVoter();
    }

    boolean isHeld() {
        return held;
    }

    /** Grants it for ever: on disk first. */
    void grant(String why) throws IOException {
        data.makeVoter();
        held = true;
        LOG.atInfo().addKeyValue("why", why).log("takes part in elections from now on");
    }

    /** Refuses what others ask for in elections while the right is not held. */
    ServerInterceptor gate() {
        return new ServerInterceptor() {
            @Override
            public <Q, A> ServerCall.Listener<Q> interceptCall(
                    ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
                if (held || !ELECTIONS.contains(call.getMethodDescriptor().getFullMethodName())) {
                    return next.startCall(call, headers);
                }
                call.close(
                        Status.FAILED_PRECONDITION.withDescription("has no vote before it has caught up"),
                        new Metadata());
                return new ServerCall.Listener<>() {};
            }
        };
    }
}
