package io.rollcall.chaos;

import io.rollcall.chaos.campaign.Arena;
import io.rollcall.chaos.campaign.Bed;
import io.rollcall.chaos.campaign.FaultKind;
import io.rollcall.chaos.cluster.ClusterOptions;
import io.rollcall.chaos.fault.Hold;
import io.rollcall.chaos.report.Recorder;
import io.rollcall.chaos.workload.KeyLoad;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each kind of fault under the load whose history is checked: many of one kind by itself, and a few of many in one run. */
final class FaultKindIT {

    private static final Duration PEACE = Duration.ofSeconds(1);

    /** Trials and how long each lasts, as the plan in which these cases stand asks for. */
    @ParameterizedTest(name = "{0} x{1} for {2} ms")
    @CsvSource({
        "KILL, 40, 0",
        "KILL_TWO, 15, 0",
        "KILL_ALL, 15, 0",
        "PAUSE, 5, 12000",
        "RESTART, 20, 0",
        "ROLLING_RESTART, 5, 0",
        "LAG, 5, 0",
        "WIPE, 10, 0",
        "ISOLATE, 10, 15000",
        "DEAFEN, 6, 10000",
        "MUTE, 6, 10000",
        "PARTIAL, 2, 60000",
        "SWIZZLE, 20, 6000",
        "LOSS, 3, 20000",
        "DELAY, 3, 20000",
        "NARROW, 3, 20000",
        "CLOCK, 10, 5000",
        "SLOW_SYNC, 6, 10000",
        "SYNC_ERROR, 10, 0",
        "DISK_FULL, 10, 5000",
    })
    @Tag("chaos")
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void kind(FaultKind kind, int trials, long holdMillis, Recorder recorder) {
        Skip.unless(kind.missing());
        run(recorder, "kind", Collections.nCopies(trials, kind), Duration.ofMillis(holdMillis));
    }

    /** What needs neither root nor another program than Java. */
    @Test
    void aFewOfMany(Recorder recorder) {
        run(recorder, "few", List.of(FaultKind.KILL, FaultKind.ISOLATE, FaultKind.PAUSE), Duration.ofSeconds(3));
    }

    /** What needs root or a compiler. */
    @Test
    @Tag("chaos")
    void aFewOfDisksAndClocks(Recorder recorder) {
        var kinds = List.of(FaultKind.SYNC_ERROR, FaultKind.CLOCK, FaultKind.DISK_FULL, FaultKind.POWER_LOSS_ALL);
        kinds.forEach(kind -> Skip.unless(kind.missing()));
        run(recorder, "disks", kinds, Duration.ofSeconds(3));
    }

    private static void run(Recorder recorder, String name, List<FaultKind> kinds, Duration hold) {
        SplittableRandom random = Trial.random(recorder);
        Bed bed = Bed.best(name, random.split());
        var options = bed.around(ClusterOptions.named("fault-" + name));
        try (Arena arena = Arena.open(options, KeyLoad.Rate.USUAL, random.split(), recorder)) {
            for (FaultKind kind : kinds) {
                Hold.forFault(PEACE, "the load runs before the fault");
                kind.inject(arena, bed, random.split(), hold);
            }
            Hold.forFault(PEACE, "the load runs on the healed cluster");
            arena.finish();
        }
    }
}
