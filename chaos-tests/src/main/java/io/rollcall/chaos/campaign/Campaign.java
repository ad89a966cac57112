package io.rollcall.chaos.campaign;

import io.rollcall.chaos.cluster.ClusterOptions;
import io.rollcall.chaos.fault.Hold;
import io.rollcall.chaos.report.Recorder;
import io.rollcall.chaos.workload.KeyLoad;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** A run of random faults, one after the other, under load. */
public final class Campaign {

    private final Settings settings;
    private final Recorder recorder;
    private final Consumer<String> progress;

    /**
     * What a campaign is made of.
     *
     * @param folder where data, logs and the history lie
     * @param name of the disks and other things that it needs; unique on the machine
     * @param seed repeats the schedule
     * @param duration after which no fault begins any more
     * @param faultsMax after how many faults it ends before that
     * @param kinds of faults that are drawn from
     * @param rate of the load
     */
    public record Settings(
            Path folder,
            String name,
            long seed,
            Duration duration,
            int faultsMax,
            List<FaultKind> kinds,
            KeyLoad.Rate rate) {

        /** Copies the kinds. */
        public Settings {
            kinds = List.copyOf(kinds);
        }
    }

    /**
     * A campaign that has not begun.
     *
     * @param settings what it is made of
     * @param recorder takes the notes
     * @param progress is told of each step, in a line
     */
    public Campaign(Settings settings, Recorder recorder, Consumer<String> progress) {
        this.settings = settings;
        this.recorder = recorder;
        this.progress = progress;
    }

    /**
     * Runs it.
     *
     * @throws AssertionError if anything was not as promised
     */
    public void run() {
        recorder.seed(settings.seed());
        // What the clients do must not shift the schedule.
        SplittableRandom clients = new SplittableRandom(settings.seed() ^ 0x5DEECE66DL);
        Bed bed = Bed.best(settings.name(), clients.split());
        progress.accept("starting three nodes in " + settings.folder());
        try (Arena arena = Arena.open(
                bed.around(ClusterOptions.in(settings.folder())), settings.rate(), clients.split(), recorder)) {
            Resources before = Resources.of(arena.cluster());
            int faults = injectAll(arena, bed);
            progress.accept(faults + " faults done; checking the history of " + arena.acknowledged() + " operations");
            Resources.of(arena.cluster()).requireNoGrowthSince(before);
            arena.finish();
        }
    }

    private int injectAll(Arena arena, Bed bed) {
        Schedule schedule = new Schedule(settings.seed(), settings.kinds());
        long start = System.nanoTime();
        int faults = 0;
        while (faults < settings.faultsMax()
                && System.nanoTime() - start < settings.duration().toNanos()) {
            PlannedFault planned = schedule.next();
            Hold.forFault(planned.gap(), "the cluster is left in peace");
            progress.accept(line(start, ++faults, arena, planned));
            planned.kind().inject(arena, bed, new SplittableRandom(planned.seed()), planned.hold());
        }
        return faults;
    }

    private String line(long start, int number, Arena arena, PlannedFault planned) {
        long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
        return "%d:%02d of %d:%02d, %d operations, fault %d: %s"
                .formatted(
                        seconds / 60,
                        seconds % 60,
                        settings.duration().toMinutes(),
                        settings.duration().toSecondsPart(),
                        arena.acknowledged(),
                        number,
                        planned);
    }
}
