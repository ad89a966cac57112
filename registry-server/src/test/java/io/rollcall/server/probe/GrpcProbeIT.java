package io.rollcall.server.probe;

import static io.rollcall.server.probe.ProbeBed.check;
import static io.rollcall.server.probe.ProbeBed.target;
import static io.rollcall.server.probe.ProbeBed.within;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Server;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.rollcall.api.model.CheckType;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the health service of grpc-java. */
final class GrpcProbeIT {

    private static ProbeBed bed;
    private static HealthStatusManager health;
    private static Server server;
    private static Server withoutHealth;

    @BeforeAll
    static void start() throws Exception {
        bed = new ProbeBed();
        health = new HealthStatusManager();
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(health.getHealthService())
                .build()
                .start();
        withoutHealth = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .build()
                .start();
    }

    @AfterAll
    static void stop() throws Exception {
        server.shutdownNow();
        withoutHealth.shutdownNow();
        bed.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "orders.v1.Orders"})
    void serviceIsAskedByItsName(String service) {
        health.setStatus(service, ServingStatus.SERVING);
        var good = probe(server, service);
        health.setStatus(service, ServingStatus.NOT_SERVING);
        var bad = probe(server, service);
        health.setStatus(service, ServingStatus.SERVING);
        var again = probe(server, service);

        assertThat(good.reason()).matches("gRPC SERVING in [0-9]+ ms");
        assertThat(good.outcome()).isEqualTo(Outcome.GOOD);
        assertThat(bad.reason()).matches("gRPC NOT_SERVING in [0-9]+ ms");
        assertThat(bad.outcome()).isEqualTo(Outcome.BAD);
        assertThat(again.outcome()).isEqualTo(Outcome.GOOD);
    }

    @Test
    void unknownStatusAndUnknownServiceAreBad() {
        health.setStatus("odd", ServingStatus.UNKNOWN);

        assertThat(probe(server, "odd").outcome()).isEqualTo(Outcome.BAD);
        assertThat(probe(server, "never-heard-of"))
                .isEqualTo(ProbeResult.bad("gRPC NOT_FOUND: unknown service never-heard-of"));
    }

    @Test
    void serverWithoutTheHealthServiceIsBad() {
        var result = probe(withoutHealth, "");

        assertThat(result.outcome()).isEqualTo(Outcome.BAD);
        assertThat(result.reason()).startsWith("gRPC UNIMPLEMENTED: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n",
                "nonsense that is long enough for a frame"
            })
    void serverThatSpeaksNoHttp2IsBad(String answer) throws Exception {
        try (var plain = new RawServer((socket, number) -> {
            socket.getInputStream().read(new byte[24]);
            RawServer.write(socket, answer);
        })) {
            var result = bed.probe(target("127.0.0.1", plain.port(), check(CheckType.GRPC, "")));

            assertThat(result.outcome()).isEqualTo(Outcome.BAD);
            assertThat(result.reason()).isNotBlank();
        }
    }

    @Test
    void silentServerIsNoAnswer() throws Exception {
        var never = new CountDownLatch(1);
        try (var silent = new RawServer((socket, number) -> never.await())) {
            var check = within(check(CheckType.GRPC, ""), Duration.ofMillis(500));

            assertThat(bed.probe(target("127.0.0.1", silent.port(), check)))
                    .isEqualTo(ProbeResult.bad("no answer in 500ms"));
            never.countDown();
        }
    }

    @Test
    void closedPortIsRefused() throws Exception {
        assertThat(bed.probe(target("127.0.0.1", HttpProbeIT.closedPort(), check(CheckType.GRPC, ""))))
                .isEqualTo(ProbeResult.bad("connection refused"));
    }

    private static ProbeResult probe(Server target, String service) {
        return bed.probe(target("127.0.0.1", target.getPort(), check(CheckType.GRPC, service)));
    }
}
