package io.rollcall.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReportTest {

    @Test
    void medianIsTheMiddleRound() {
        assertThat(new Series(List.of(9.0, 1.0, 3.0)).median()).isEqualTo(3.0);
        assertThat(new Series(List.of(9.0, 1.0, 3.0, 5.0)).median()).isEqualTo(4.0);
    }

    @Test
    void ratioPairsTheRounds() {
        var ratio = new Series(List.of(10.0, 30.0)).dividedBy(new Series(List.of(5.0, 10.0)));

        assertThat(ratio.rounds()).containsExactly(2.0, 3.0);
    }

    @Test
    void tableAndFileSayWhatWasMissed(@TempDir Path folder) throws Exception {
        var report = new Report();
        report.fact("processors", "2");
        var details = Map.of("p99 ms", Series.of(12.5));
        report.add(new Row("reads", "us", "1/s", new Series(List.of(1.0, 1234.0, 2000.0)), details, Map.of(), null));
        report.add(Row.of("reads", "us / them", "x", Series.of(1.5), Target.atLeast(2)));

        report.write(folder.resolve("result.json"));

        assertThat(report.table())
                .contains("processors: 2", "1,234", "(1.00–2,000)", "p99 ms 12.5", "at least 2.00: MISSED");
        assertThat(report.missed()).hasSize(1);
        assertThat(Files.readString(folder.resolve("result.json"))).contains("\"reached\" : false", "1234.0");
    }
}
