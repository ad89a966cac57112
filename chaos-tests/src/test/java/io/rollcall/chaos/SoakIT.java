package io.rollcall.chaos;

import io.rollcall.api.model.Durations;
import io.rollcall.chaos.campaign.Campaign;
import io.rollcall.chaos.campaign.FaultKind;
import io.rollcall.chaos.report.Recorder;
import io.rollcall.chaos.workload.KeyLoad;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Random faults of all kinds that this machine can do, for half an hour. */
final class SoakIT {

    private static final String DURATION = "rollcall.test.duration";

    @Test
    @Tag("soak")
    @Timeout(value = 3, unit = TimeUnit.HOURS)
    void randomFaultsForHalfAnHour(Recorder recorder) {
        List<FaultKind> kinds = Arrays.stream(FaultKind.values())
                .filter(kind -> kind.missing().isEmpty())
                .toList();
        var settings = new Campaign.Settings(
                Path.of("target", "chaos", "soak"),
                "soak",
                Trial.seed(recorder),
                Durations.parse(DURATION, System.getProperty(DURATION, "30m")),
                Integer.MAX_VALUE,
                kinds,
                KeyLoad.Rate.USUAL);
        new Campaign(settings, recorder, line -> Trial.LOG.atInfo().log(line)).run();
    }
}
