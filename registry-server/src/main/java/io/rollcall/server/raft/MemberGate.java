package io.rollcall.server.raft;

import io.rollcall.server.app.MemberTls;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.apache.ratis.proto.grpc.AdminProtocolServiceGrpc;
import org.apache.ratis.proto.grpc.RaftClientProtocolServiceGrpc;
import org.apache.ratis.thirdparty.io.grpc.Attributes;
import org.apache.ratis.thirdparty.io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import org.apache.ratis.thirdparty.io.grpc.Grpc;
import org.apache.ratis.thirdparty.io.grpc.Metadata;
import org.apache.ratis.thirdparty.io.grpc.ServerCall;
import org.apache.ratis.thirdparty.io.grpc.ServerCallHandler;
import org.apache.ratis.thirdparty.io.grpc.ServerInterceptor;
import org.apache.ratis.thirdparty.io.grpc.ServerTransportFilter;
import org.apache.ratis.thirdparty.io.grpc.Status;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves members for as long as the certificate that they came with is good, on connections that last for months. Looked at with
 * each call and each message of a stream, so that a member whose certificate ended, or whose authority was taken away, is not
 * heard any more.
 */
final class MemberGate extends ServerTransportFilter implements ServerInterceptor {

    private static final Logger LOG = LoggerFactory.getLogger(MemberGate.class);

    private static final Attributes.Key<Caller> CALLER = Attributes.Key.create("rollcall-member");

    private final MemberTls tls;

    MemberGate(MemberTls tls) {
        this.tls = tls;
    }

    /** Refuses what Ratis offers to clients and to its own tools: nobody here uses it, and it knows no permissions. */
    static ServerInterceptor forMembersAlone() {
        return new ServerInterceptor() {
            @Override
            public <Q, A> ServerCall.Listener<Q> interceptCall(
                    ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
                String service = String.valueOf(call.getMethodDescriptor().getServiceName());
                return service.equals(RaftClientProtocolServiceGrpc.SERVICE_NAME)
                                || service.equals(AdminProtocolServiceGrpc.SERVICE_NAME)
                        ? refuse(call, Status.UNIMPLEMENTED.withDescription("not served"))
                        : next.startCall(call, headers);
            }
        };
    }

    @Override
    public Attributes transportReady(Attributes attributes) {
        SSLSession session = attributes.get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
        return session == null
                ? attributes
                : attributes.toBuilder().set(CALLER, new Caller(chain(session))).build();
    }

    private static List<X509Certificate> chain(SSLSession session) {
        List<X509Certificate> chain = new ArrayList<>();
        try {
            for (Certificate certificate : session.getPeerCertificates()) {
                chain.add((X509Certificate) certificate);
            }
        } catch (SSLPeerUnverifiedException e) {
            // Its list stays empty, and is refused.
            LOG.atWarn().setCause(e).log("a connection without a certificate");
        }
        return chain;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        Caller caller = call.getAttributes().get(CALLER);
        if (caller == null) {
            return refuse(call, unauthenticated("this port speaks TLS"));
        }
        String refusal = caller.refusal();
        if (refusal != null) {
            return refuse(call, unauthenticated(refusal));
        }
        return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
            private boolean isRefused;

            @Override
            public void onMessage(Q message) {
                String why = isRefused ? null : caller.refusal();
                if (why != null) {
                    isRefused = true;
                    call.close(unauthenticated(why), new Metadata());
                } else if (!isRefused) {
                    super.onMessage(message);
                }
            }

            @Override
            public void onHalfClose() {
                if (!isRefused) {
                    super.onHalfClose();
                }
            }
        };
    }

    private static Status unauthenticated(String why) {
        return Status.UNAUTHENTICATED.withDescription(why);
    }

    private static <Q, A> ServerCall.Listener<Q> refuse(ServerCall<Q, A> call, Status status) {
        call.close(status, new Metadata());
        return new ServerCall.Listener<>() {};
    }

    /** The other end of one connection. */
    private final class Caller {

        private final List<X509Certificate> chain;
        private final long notAfterMillis;
        private volatile long checkedGeneration;
        private volatile @Nullable String refused;

        Caller(List<X509Certificate> chain) {
            this.chain = chain;
            this.notAfterMillis = chain.stream()
                    .mapToLong(
                            certificate -> certificate.getNotAfter().toInstant().toEpochMilli())
                    .min()
                    .orElse(0);
        }

        /** Why it is not served; null if it is. */
        @Nullable
        String refusal() {
            if (System.currentTimeMillis() > notAfterMillis) {
                return "the certificate of this connection has expired";
            }
            long generation = tls.generation();
            if (generation != checkedGeneration) {
                refused = look();
                checkedGeneration = generation;
            }
            return refused;
        }

        private @Nullable String look() {
            try {
                tls.requireMember(chain);
                return null;
            } catch (CertificateException e) {
                LOG.atWarn()
                        .addKeyValue("subject", chain.get(0).getSubjectX500Principal())
                        .addKeyValue("reason", e.getMessage())
                        .log("a connection of a member is not served any more");
                return String.valueOf(e.getMessage());
            }
        }
    }
}
