package io.rollcall.chaos;

import io.rollcall.chaos.campaign.Arena;
import io.rollcall.chaos.campaign.Bed;
import io.rollcall.chaos.campaign.CrashSite;
import io.rollcall.chaos.cluster.ClusterOptions;
import io.rollcall.chaos.report.Recorder;
import io.rollcall.chaos.workload.KeyLoad;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A node dies at each of the points at which a crash is most likely to do harm, and comes back. */
final class CrashPointIT {

    @Test
    @Tag("chaos")
    @Timeout(value = 60, unit = TimeUnit.MINUTES)
    void nodeDiesAtEachPointThreeTimes(Recorder recorder) {
        SplittableRandom random = Trial.random(recorder);
        Bed bed = Bed.best("crash-point", random.split());
        var options = bed.around(ClusterOptions.named("crash-point"));
        try (Arena arena = Arena.open(options, KeyLoad.Rate.USUAL, random.split(), recorder)) {
            for (CrashSite site : CrashSite.values()) {
                for (int trial = 0; trial < 3; trial++) {
                    site.crash(arena, random);
                }
            }
            arena.finish();
        }
    }
}
