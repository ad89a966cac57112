package io.rollcall.chaos.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ScheduleTest {

    private static final List<FaultKind> ALL = List.of(FaultKind.values());

    @Test
    void aSeedRepeatsItsSchedule() {
        assertThat(faults(42, ALL)).isEqualTo(faults(42, ALL));
        assertThat(faults(42, ALL)).isNotEqualTo(faults(43, ALL));
    }

    @Test
    void everyKindComesAndHasItsTime() {
        List<PlannedFault> faults = faults(1, ALL);

        assertThat(faults.stream().map(PlannedFault::kind).distinct())
                .hasSameElementsAs(Arrays.asList(FaultKind.values()));
        assertThat(faults).allSatisfy(fault -> {
            assertThat(fault.gap()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(4));
            assertThat(fault.hold()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(8));
        });
    }

    @Test
    void nothingButTheGivenKindsComes() {
        assertThat(faults(5, List.of(FaultKind.KILL)))
                .extracting(PlannedFault::kind)
                .containsOnly(FaultKind.KILL);
        assertThatThrownBy(() -> new Schedule(5, List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void kindsAreFoundByTheirNames() {
        for (FaultKind kind : FaultKind.values()) {
            assertThat(FaultKind.of(kind.label())).isEqualTo(kind);
        }
        assertThatThrownBy(() -> FaultKind.of("earthquake"))
                .hasMessageContaining("earthquake")
                .hasMessageContaining("power-loss-all");
    }

    private static List<PlannedFault> faults(long seed, List<FaultKind> kinds) {
        Schedule schedule = new Schedule(seed, kinds);
        return IntStream.range(0, 500).mapToObj(i -> schedule.next()).toList();
    }
}
