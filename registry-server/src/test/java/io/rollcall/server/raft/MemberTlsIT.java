package io.rollcall.server.raft;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.rollcall.server.config.ClientAuthentication;
import io.rollcall.server.config.TlsSettings;
import io.rollcall.server.security.tls.NodeTls;
import io.rollcall.server.security.tls.TestAuthority;
import io.rollcall.server.security.tls.TestAuthority.Pair;
import io.rollcall.server.security.tls.TlsClients;
import io.rollcall.statemachine.command.CommandResult;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.ratis.proto.RaftProtos;
import org.apache.ratis.proto.grpc.AdminProtocolServiceGrpc;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.thirdparty.io.grpc.Server;
import org.apache.ratis.thirdparty.io.grpc.StatusRuntimeException;
import org.apache.ratis.thirdparty.io.grpc.netty.NettyChannelBuilder;
import org.apache.ratis.thirdparty.io.grpc.netty.NettyServerBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Members that speak by TLS: who is refused, and by whom; and what becomes of connections when certificates are replaced. */
final class MemberTlsIT {

    private static final Duration DEADLINE = Duration.ofSeconds(40);
    private static final UUID GROUP = UUID.randomUUID();
    private static final byte[] HTTP2 = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0".getBytes(US_ASCII);

    private static TestAuthority authority;
    private static TestAuthority other;

    @TempDir
    Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();
    private final Map<String, NodeTls> tls = new HashMap<>();

    @BeforeAll
    static void authorities() throws Exception {
        authority = new TestAuthority("members");
        other = new TestAuthority("other");
    }

    @AfterEach
    void close() throws Exception {
        for (var each : open) {
            each.close();
        }
    }

    private NodeTls member(String id, Pair pair, TestAuthority... trusted) throws Exception {
        var files = TestAuthority.write(folder, id, pair, trusted);
        var made = new NodeTls(new TlsSettings(null, ClientAuthentication.NONE, files, Duration.ofHours(1)), id);
        made.start();
        open.add(made);
        tls.put(id, made);
        return made;
    }

    private LocalCluster cluster() throws Exception {
        var cluster = new LocalCluster(3, folder, LocalCluster.LogLimits.DEFAULT);
        open.add(cluster);
        for (var each : cluster.members) {
            each.tls = member(each.id, authority.member(each.id), authority).members();
        }
        return cluster.start();
    }

    @Test
    void membersAgreeAndServeNobodyElse() throws Exception {
        var cluster = cluster();
        LocalCluster.submit(cluster.follower(), LocalCluster.register("a"));
        var port = cluster.member(1).settings.listen().port();

        assertThat(isServed(port, authority.member("n2"))).isTrue();
        assertThat(isServed(port, null)).as("without a certificate").isFalse();
        assertThat(isServed(port, other.member("n2"))).as("unknown authority").isFalse();
        assertThat(isServed(port, authority.member("n2", Duration.ofDays(-2), Duration.ofDays(-1))))
                .as("expired")
                .isFalse();
        assertThat(isServed(port, authority.named("n2", "n2.example", "*.server.rollcall")))
                .as("no member's")
                .isFalse();
        var answer = TlsClients.askInTheClear(port, HTTP2);
        assertThat(answer.length == 0 || TlsClients.isAlert(answer))
                .as("plaintext")
                .isTrue();
        assertThat(TlsClients.speaksTls11(port)).isFalse();
        cluster.assertNoFaults();
    }

    /** Whether the port greets a caller in HTTP/2, which it does after a handshake that succeeded. */
    private static boolean isServed(int port, Pair pair) throws Exception {
        return TlsClients.ask(port, TlsClients.showing(pair), "h2", HTTP2).length > 0;
    }

    @Test
    void memberThatGivesUpTlsStaysOutside() throws Exception {
        var cluster = cluster();
        LocalCluster.submit(cluster.leader(), LocalCluster.register("a"));
        cluster.awaitEqualDigests();
        var outside = cluster.follower();
        outside.kill();

        outside.tls = null;
        outside.start();

        var inside = cluster.members.stream().filter(each -> each != outside).toList();
        for (var each : inside) {
            LocalCluster.submit(each, LocalCluster.register("b-" + each.id));
        }
        assertThat(outside.node().cluster().snapshot().leader()).isNull();
        assertThat(LocalCluster.registered(outside)).isEqualTo(1);
        // The last one was acknowledged by this member; the other may be behind.
        assertThat(LocalCluster.registered(inside.get(1))).isEqualTo(3);
    }

    @Test
    void whatRatisOffersToOthersThanMembersIsNotServed() throws Exception {
        var cluster = cluster();
        LocalCluster.submit(cluster.leader(), LocalCluster.register("a"));
        var context = TlsClients.showing(authority.member("n2"));
        var channel = NettyChannelBuilder.forTarget(
                        cluster.member(1).settings.listen().toString())
                .sslContext(PeerSslContext.outbound(() -> context))
                .build();
        try {
            var admin = AdminProtocolServiceGrpc.newBlockingStub(channel);

            assertThatThrownBy(() -> admin.groupList(RaftProtos.GroupListRequestProto.getDefaultInstance()))
                    .isInstanceOf(StatusRuntimeException.class)
                    .hasMessageContaining("UNIMPLEMENTED: not served");
        } finally {
            channel.shutdownNow();
        }
    }

    @Test
    void whoeverDialsSendsNothingToWhomItDidNotMean() throws Exception {
        var dialler = member("n1", authority.member("n1"), authority);

        assertThat(answeredBy(dialler, authority.member("n2"))).as("n2").isTrue();
        assertThat(answeredBy(dialler, authority.member("n3")))
                .as("another member")
                .isFalse();
        assertThat(answeredBy(dialler, authority.named("127.0.0.1", "localhost")))
                .as("no member")
                .isFalse();
        assertThat(answeredBy(dialler, other.member("n2")))
                .as("unknown authority")
                .isFalse();
        assertThat(answeredBy(dialler, authority.member("n2", Duration.ofDays(-2), Duration.ofDays(-1))))
                .as("expired")
                .isFalse();
        assertThat(answeredBy(dialler, null)).as("plaintext").isFalse();
    }

    /** Whether a question to n2 gets to somebody who shows this; null: who speaks in the clear. */
    private boolean answeredBy(NodeTls dialler, Pair shown) throws Exception {
        var asked = new AtomicInteger();
        var context = shown == null ? null : TlsClients.showing(shown);
        var builder = server(asked);
        if (context != null) {
            builder.sslContext(PeerSslContext.inbound(() -> context));
        }
        var server = started(builder);
        try (var channels = channels(dialler, new MemberAddresses(System::nanoTime), server)) {
            var answer = ask(channels);
            await().atMost(DEADLINE).until(answer::isDone);
            assertThat(answer.isCompletedExceptionally()).isEqualTo(asked.get() == 0);
            if (answer.isCompletedExceptionally() && context != null) {
                assertThat(answer)
                        .failsWithin(DEADLINE)
                        .withThrowableThat()
                        .havingCause()
                        .satisfies(failure -> assertThat(((PeerException) failure).wasNotSent())
                                .isTrue());
            }
            return asked.get() > 0;
        } finally {
            server.shutdownNow();
        }
    }

    private static NettyServerBuilder server(AtomicInteger asked) {
        return NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(PeerWire.definition(GROUP, "n2", (method, request) -> {
                    asked.incrementAndGet();
                    return CompletableFuture.completedFuture(PeerMessages.number(7));
                }));
    }

    private static Server started(NettyServerBuilder builder) throws Exception {
        return builder.build().start();
    }

    private static PeerChannels channels(NodeTls dialler, MemberAddresses addresses, Server server) {
        var address = "127.0.0.1:" + server.getPort();
        addresses.add(
                List.of(RaftPeer.newBuilder().setId("n2").setAddress(address).build()));
        var members = dialler.members();
        return new PeerChannels(
                GROUP,
                peer -> address,
                PeerSslContext.outbound(() -> members.outbound(addresses)),
                ForkJoinPool.commonPool(),
                ForkJoinPool.commonPool(),
                peer -> {});
    }

    private static CompletableFuture<byte[]> ask(PeerChannels channels) {
        return channels.call("n2", PeerMethod.TERM, PeerMessages.EMPTY, Duration.ofSeconds(20));
    }

    @Test
    void connectionIsNotServedBeyondItsCertificateAndAnewByTheNextOne() throws Exception {
        var asked = new AtomicInteger();
        var gate =
                new MemberGate(member("n2", authority.member("n2"), authority).members());
        var addresses = new MemberAddresses(System::nanoTime);
        // Long enough for the first question, on a slow machine, too.
        var dialler = member("n1", authority.member("n1", Duration.ofHours(-1), Duration.ofSeconds(8)), authority);
        var server = started(server(asked)
                .sslContext(PeerSslContext.inbound(tls.get("n2").members()::inbound))
                .addTransportFilter(gate)
                .intercept(gate));
        try (var channels = channels(dialler, addresses, server)) {
            assertThat(ask(channels)).succeedsWithin(DEADLINE);

            await().atMost(DEADLINE)
                    .untilAsserted(() -> assertThat(ask(channels))
                            .failsWithin(DEADLINE)
                            .withThrowableThat()
                            .withMessageContaining("expired"));
            TestAuthority.write(folder, "n1", authority.member("n1"), authority);

            // Without a restart, and without anybody who says that the connection is to be renewed: it was refused.
            await().atMost(DEADLINE)
                    .untilAsserted(() -> assertThat(ask(channels)).succeedsWithin(DEADLINE));
        } finally {
            server.shutdownNow();
        }
    }

    @Test
    void membersGoOnWhileTheirAuthorityIsReplaced() throws Exception {
        var cluster = cluster();
        LocalCluster.submit(cluster.follower(), LocalCluster.register("a"));
        var port = cluster.member(1).settings.listen().port();

        everybody(cluster, authority, authority, other);
        everybody(cluster, other, authority, other);
        everybody(cluster, other, other);

        await().atMost(DEADLINE).untilAsserted(() -> {
            assertThat(isServed(port, authority.member("n2"))).isFalse();
            assertThat(isServed(port, other.member("n2"))).isTrue();
        });
        for (var each : cluster.members) {
            assertThat(LocalCluster.submit(each, LocalCluster.register("b-" + each.id)))
                    .isInstanceOf(CommandResult.class);
        }
        cluster.awaitEqualDigests();
        cluster.assertNoFaults();
    }

    /** New certificates for all, while writes go on; returns when all have taken them. */
    private void everybody(LocalCluster cluster, TestAuthority by, TestAuthority... trusted) throws Exception {
        var before = new HashMap<String, Long>();
        tls.forEach((id, each) -> before.put(id, each.members().generation()));
        for (var each : cluster.members) {
            TestAuthority.write(folder, each.id, by.member(each.id), trusted);
            LocalCluster.submit(each, LocalCluster.register(each.id + "-" + UUID.randomUUID()));
        }
        await().atMost(DEADLINE)
                .untilAsserted(() -> tls.forEach(
                        (id, each) -> assertThat(each.members().generation()).isGreaterThan(before.get(id))));
        LocalCluster.submit(cluster.follower(), LocalCluster.register("after-" + UUID.randomUUID()));
    }
}
