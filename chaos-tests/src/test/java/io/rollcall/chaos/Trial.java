package io.rollcall.chaos;

import io.rollcall.chaos.campaign.Arena;
import io.rollcall.chaos.cluster.ClusterOptions;
import io.rollcall.chaos.cluster.ClusterProcess;
import io.rollcall.chaos.report.Recorder;
import io.rollcall.chaos.workload.KeyLoad;
import java.util.SplittableRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What can be told to a scenario from the command line, printed first so that a failure can be repeated. */
final class Trial {

    static final Logger LOG = LoggerFactory.getLogger("scenario");

    private static final String SEED = "rollcall.test.seed";
    private static final String ROUNDS = "rollcall.test.rounds";

    private Trial() {}

    /** Randomness whose seed is given by {@value #SEED}, else new. */
    static SplittableRandom random(String scenario) {
        return new SplittableRandom(seed(scenario));
    }

    /** The same, and the report says which seed it was. */
    static SplittableRandom random(Recorder recorder) {
        return new SplittableRandom(seed(recorder));
    }

    /** The seed alone, for what is repeated by it, and the report says which it was. */
    static long seed(Recorder recorder) {
        long seed = seed(recorder.name());
        recorder.seed(seed);
        return seed;
    }

    private static long seed(String scenario) {
        String given = System.getProperty(SEED, "");
        long seed = given.isEmpty() ? new SplittableRandom().nextLong() : Long.parseLong(given);
        LOG.atInfo().log("{}: repeat with -D{}={}", scenario, SEED, seed);
        return seed;
    }

    /** The number of rounds that {@value #ROUNDS} says, else the scenario's own. */
    static int rounds(int usual) {
        return Integer.getInteger(ROUNDS, usual);
    }

    /** Three nodes, logs and data in {@code target/chaos} under the scenario's name. */
    static ClusterProcess cluster(String scenario) {
        return ClusterProcess.start(ClusterOptions.named(scenario));
    }

    /** A cluster under the load whose history is checked. */
    static Arena arena(ClusterOptions options, KeyLoad.Rate rate, Recorder recorder) {
        return Arena.open(options, rate, random(recorder).split(), recorder);
    }
}
