package io.rollcall.cli;

import io.rollcall.client.Consistency;
import io.rollcall.client.ReadOptions;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of how current an answer has to be. */
class FreshnessOptions {

    @Option(
            names = "--consistency",
            paramLabel = "MODE",
            completionCandidates = Candidates.Consistencies.class,
            description = "stale: the node's state, at once, also without a quorum. linearizable: at least everything"
                    + " acknowledged before. Default: stale.")
    private String consistency = Consistency.STALE.wireName();

    @Option(
            names = "--max-staleness",
            paramLabel = "DURATION",
            description = "The oldest data that a stale read may give, such as 2s.")
    private @Nullable Duration maxStaleness;

    @Option(
            names = "--min-index",
            paramLabel = "INDEX",
            description = "Wait until the node has applied this registry index, such as that of your write.")
    private long minIndex;

    ReadOptions options() {
        return new ReadOptions(consistency(), maxStaleness, minIndex, 0, null, null);
    }

    private Consistency consistency() {
        for (Consistency candidate : Consistency.values()) {
            if (candidate.wireName().equals(consistency.toLowerCase(Locale.ROOT))) {
                return candidate;
            }
        }
        throw new UsageException("--consistency must be stale or linearizable, is '" + consistency + "'");
    }
}
