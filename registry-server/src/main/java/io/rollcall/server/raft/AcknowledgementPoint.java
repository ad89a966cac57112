package io.rollcall.server.raft;

import io.rollcall.statemachine.fault.CrashPoint;
import org.apache.ratis.proto.grpc.RaftServerProtocolServiceGrpc;
import org.apache.ratis.thirdparty.io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import org.apache.ratis.thirdparty.io.grpc.Metadata;
import org.apache.ratis.thirdparty.io.grpc.ServerCall;
import org.apache.ratis.thirdparty.io.grpc.ServerCallHandler;
import org.apache.ratis.thirdparty.io.grpc.ServerInterceptor;

/** The crash point of a follower that acknowledges entries. Installed only where a test has armed it. */
final class AcknowledgementPoint implements ServerInterceptor {

    private static final String APPEND =
            RaftServerProtocolServiceGrpc.getAppendEntriesMethod().getFullMethodName();

    AcknowledgementPoint() {}

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        if (!call.getMethodDescriptor().getFullMethodName().equals(APPEND)) {
            return next.startCall(call, headers);
        }
        return next.startCall(
                new SimpleForwardingServerCall<>(call) {
                    @Override
                    public void sendMessage(A answer) {
                        CrashPoint.LOG_BEFORE_ACKNOWLEDGEMENT.reached();
                        super.sendMessage(answer);
                    }
                },
                headers);
    }
}
