package io.rollcall.chaos;

import io.rollcall.chaos.cluster.ClusterOptions;
import io.rollcall.chaos.report.Recorder;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A whole service falls silent at once. To the registry that is the same as losing sight of it, so that nobody may leave
 * discovery, everybody is told why, and all is normal as soon as they are heard again; but an operator can let them go.
 */
final class ExpiryGovernorIT {

    private static final Duration TTL = Duration.ofSeconds(3);

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void serviceThatFallsSilentAsAWholeStays(Recorder recorder) {
        run(recorder, 60, Duration.ofSeconds(2), false);
    }

    @Test
    @Tag("chaos")
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void thousandInstancesThatFallSilentAtOnceStay(Recorder recorder) {
        run(recorder, 1_000, TTL, false);
    }

    @Test
    @Tag("chaos")
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void operatorLetsThousandInstancesGo(Recorder recorder) {
        run(recorder, 1_000, TTL, true);
    }

    private static void run(Recorder recorder, int instances, Duration ttl, boolean released) {
        try (LeaseTrial trial = new LeaseTrial(ClusterOptions.named("expiry-governor"), recorder)) {
            LeaseScenario.massSilence(trial, instances, ttl, released);
        }
    }
}
