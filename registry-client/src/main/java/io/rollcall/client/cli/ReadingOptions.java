package io.rollcall.client.cli;

import io.rollcall.client.Consistency;
import io.rollcall.client.ReadOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of commands that read. */
final class ReadingOptions {

    @Option(
            names = "--consistency",
            paramLabel = "MODE",
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

    @Option(names = "--limit", paramLabel = "N", description = "The most entries to print, 1 to 10000.")
    private int limit;

    @Option(names = "--cursor", paramLabel = "CURSOR", description = "Go on where the page before ended.")
    private @Nullable String cursor;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "Print what was true then: a time such as 2026-11-22T12:00:00Z, or how long ago, such as 2h.")
    private @Nullable String at;

    ReadOptions options() {
        return new ReadOptions(consistency(), maxStaleness, minIndex, limit, cursor, at());
    }

    /** The instant that is asked about; null for now. */
    @Nullable
    Instant at() {
        return at == null ? null : PointInTime.parse("--at", at, InstantSource.system());
    }

    private Consistency consistency() {
        for (Consistency candidate : Consistency.values()) {
            if (candidate.wireName().equals(consistency.toLowerCase(Locale.ROOT))) {
                return candidate;
            }
        }
        throw new UsageException("--consistency must be stale or linearizable, is '" + consistency + "'");
    }

    static String more(@Nullable String cursor) {
        return cursor == null ? "" : "; more follow: --cursor " + cursor;
    }
}
