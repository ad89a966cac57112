package io.rollcall.server.raft;

import io.rollcall.server.app.MemberTls;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.grpc.server.GrpcServices;
import org.apache.ratis.grpc.server.GrpcServicesImpl;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.thirdparty.io.grpc.netty.NettyServerBuilder;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.SslContext;
import org.jspecify.annotations.Nullable;

/** How a member's connections to the others are protected, if they are. */
final class PeerTls {

    /** Whoever connects and does not speak TLS is gone after it. */
    private static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(5);

    private final @Nullable MemberTls tls;
    private final MemberAddresses addresses = new MemberAddresses(System::nanoTime);

    /**
     * Protection by TLS.
     *
     * @param tls how members know each other; null: they speak in the clear
     */
    PeerTls(@Nullable MemberTls tls) {
        this.tls = tls;
    }

    /** All whom Ratis may dial, before it does. */
    void add(Collection<RaftPeer> peers) {
        addresses.add(peers);
    }

    /** For connections to members; null in the clear. */
    @Nullable
    SslContext outbound() {
        MemberTls present = tls;
        return present == null ? null : PeerSslContext.outbound(() -> present.outbound(addresses));
    }

    /** Keeps everybody out who is no member. */
    void guard(NettyServerBuilder builder) {
        if (tls != null) {
            MemberGate gate = new MemberGate(tls);
            builder.addTransportFilter(gate)
                    .intercept(gate)
                    .handshakeTimeout(HANDSHAKE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Ratis' transport as Ratis makes it, but by TLS that follows its files: its own reads them once. Null in the clear. */
    @Nullable
    GrpcServices rpc(RaftServer server, Parameters parameters) {
        MemberTls present = tls;
        return present == null
                ? null
                : GrpcServicesImpl.newBuilder()
                        .setServer(server)
                        .setCustomizer(GrpcConfigKeys.Server.servicesCustomizer(parameters))
                        .setServerSslContextForServer(PeerSslContext.inbound(present::inbound))
                        .setServerSslContextForClient(outbound())
                        .build();
    }

    /** What is to be run at each {@link ConnectionRenewals#INTERVAL}. */
    Runnable renewals(PeerChannels channels, Consumer<String> reconnect) {
        return tls == null ? () -> {} : new ConnectionRenewals(tls, addresses, channels, reconnect)::tick;
    }
}
