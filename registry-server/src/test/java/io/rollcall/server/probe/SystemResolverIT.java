package io.rollcall.server.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class SystemResolverIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void localhostIsLoopback() {
        try (var resolver = new SystemResolver(8)) {
            assertThat(resolver.resolve("localhost"))
                    .succeedsWithin(PATIENCE)
                    .satisfies(
                            addresses -> assertThat(addresses).isNotEmpty().allMatch(InetAddress::isLoopbackAddress));
        }
    }

    @Test
    void nameThatIsNoneFails() {
        try (var resolver = new SystemResolver(8)) {
            assertThat(resolver.resolve("no..name"))
                    .failsWithin(PATIENCE)
                    .withThrowableThat()
                    .withCauseInstanceOf(UnknownHostException.class);
        }
    }

    @Test
    void closedResolverFailsAtOnce() {
        var resolver = new SystemResolver(8);
        resolver.close();

        assertThat(resolver.resolve("localhost")).isCompletedExceptionally();
        assertThat(resolver.resolve("localhost")).isCompletedExceptionally();
    }
}
