package io.rollcall.server.leader;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.api.model.ServiceKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class TimingWheelTest {

    private static final long TICK = TimingWheel.TICK.toNanos();

    private final ServiceLeases service = new ServiceLeases(ServiceKey.of("default", "orders"));
    private final List<Lease> seen = new ArrayList<>();

    private Lease lease(int number) {
        return new Lease(service, "i" + number, 1, 1_000);
    }

    @Test
    void givesALeaseBackNotBeforeItsTimeAndATickLater() {
        TimingWheel wheel = new TimingWheel(0);
        Lease lease = lease(1);
        wheel.add(lease, 10 * TICK + 1);

        wheel.advance(10 * TICK, seen::add);
        assertThat(seen).isEmpty();
        wheel.advance(12 * TICK, seen::add);

        assertThat(seen).containsExactly(lease);
        assertThat(lease.inWheel).isFalse();
    }

    @Test
    void holdsALeaseOnce() {
        TimingWheel wheel = new TimingWheel(0);
        Lease lease = lease(1);
        wheel.add(lease, 5 * TICK);

        wheel.add(lease, 9 * TICK);
        wheel.advance(100 * TICK, seen::add);

        assertThat(seen).containsExactly(lease);
    }

    @Test
    void aVisitorMayPutALeaseInAgain() {
        TimingWheel wheel = new TimingWheel(0);
        wheel.add(lease(1), 0);

        wheel.advance(3 * TICK, lease -> wheel.add(lease, 0));
        wheel.advance(4 * TICK, seen::add);

        assertThat(seen).hasSize(1);
    }

    @Test
    void whatLiesFurtherThanATurnComesEarlyAndNeverLate() {
        TimingWheel wheel = new TimingWheel(0);
        wheel.add(lease(1), Duration.ofHours(24).toNanos());

        wheel.advance(Duration.ofMinutes(4).toNanos(), seen::add);

        assertThat(seen).hasSize(1);
    }

    @Test
    void aJumpOfManyTurnsGivesAllBackOnce() {
        TimingWheel wheel = new TimingWheel(0);
        for (int i = 0; i < 5_000; i++) {
            wheel.add(lease(i), i * TICK);
        }

        wheel.advance(Duration.ofHours(5).toNanos(), seen::add);

        assertThat(seen).hasSize(5_000).doesNotHaveDuplicates();
    }

    @Test
    void randomTimesAreKeptToATick() {
        SplittableRandom random = new SplittableRandom(7);
        long[] dueAt = new long[1_000];
        TimingWheel wheel = new TimingWheel(0);
        for (int i = 0; i < dueAt.length; i++) {
            dueAt[i] = random.nextLong(TICK, 2_000 * TICK);
            wheel.add(lease(i), dueAt[i]);
        }

        for (long now = TICK; now <= 2_002 * TICK; now += TICK) {
            long reached = now;
            wheel.advance(now, lease -> {
                int number = Integer.parseInt(lease.id.substring(1));
                assertThat(reached).isBetween(dueAt[number], dueAt[number] + 2 * TICK);
                seen.add(lease);
            });
        }

        assertThat(seen).hasSize(dueAt.length);
    }
}
