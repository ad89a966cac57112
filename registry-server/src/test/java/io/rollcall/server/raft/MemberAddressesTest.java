package io.rollcall.server.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.ratis.protocol.RaftPeer;
import org.junit.jupiter.api.Test;

final class MemberAddressesTest {

    private final AtomicLong nanos = new AtomicLong();
    private final MemberAddresses addresses = new MemberAddresses(nanos::get);

    private void after(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void membersAreKnownByTheAddressThatIsDialled() {
        addresses.add(List.of(
                RaftPeer.newBuilder().setId("n1").setAddress("10.0.0.1:8300").build(),
                RaftPeer.newBuilder().setId("n2").setAddress("[::1]:8300").build()));

        assertThat(addresses.at("10.0.0.1", 8300)).isEqualTo("n1");
        assertThat(addresses.at("::1", 8300)).isEqualTo("n2");
        assertThat(addresses.at("[::1]", 8300)).isEqualTo("n2");
        assertThat(addresses.at("10.0.0.1", 8301)).isNull();
    }

    @Test
    void connectionIsDueAfterTwoThirdsOfItsLifeAndTheEarliestCounts() {
        addresses.opened("n1", Instant.now().plusSeconds(300));
        addresses.opened("n1", Instant.now().plusSeconds(30));
        addresses.opened("n2", Instant.now().plusSeconds(300));

        after(Duration.ofSeconds(15));
        assertThat(addresses.takeDue()).isEmpty();
        after(Duration.ofSeconds(6));
        assertThat(addresses.takeDue()).containsExactly("n1");
        assertThat(addresses.takeDue()).isEmpty();
        after(Duration.ofMinutes(3));
        assertThat(addresses.takeDue()).containsExactly("n2");
    }

    @Test
    void allAreDueAtOnceWhenFilesWereReplaced() {
        addresses.opened("n1", Instant.MAX);
        addresses.opened("n2", Instant.now().plusSeconds(300));

        addresses.expireAll();

        assertThat(addresses.takeDue()).containsExactlyInAnyOrder("n1", "n2");
    }

    @Test
    void certificateForEverLastsNoLongerThanOthers() {
        addresses.opened("n1", Instant.MAX);

        after(Duration.ofDays(20));

        assertThat(addresses.takeDue()).containsExactly("n1");
    }
}
