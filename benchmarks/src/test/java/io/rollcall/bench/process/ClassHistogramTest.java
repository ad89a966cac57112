package io.rollcall.bench.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class ClassHistogramTest {

    @Test
    void addsUpTheClassesOfAPackage() {
        var text = """
                 num     #instances         #bytes  class name (module)
                -------------------------------------------------------
                   1:       1000000       48000000  io.rollcall.server.leader.Lease
                   2:         20000        1600000  [B (java.base@17.0.15)
                   3:             2             32  io.rollcall.server.leader.TimingWheel$Slot
                Total       1020002       49600032
                """;

        var histogram = ClassHistogram.parse(text);

        assertThat(histogram.bytesOf("io.rollcall.server.leader.")).isEqualTo(48_000_032);
        assertThat(histogram.bytes()).hasSize(3).containsEntry("[B", 1_600_000L);
    }

    @Test
    void refusesWhatIsNone() {
        assertThatThrownBy(() -> ClassHistogram.parse("no such command")).hasMessageContaining("no class histogram");
    }
}
