package io.rollcall.client.cli;

import io.rollcall.client.ReadOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How current an answer is, for commands that read one thing. */
final class CurrencyOptions {

    @Option(names = "--consistency", paramLabel = "MODE", description = ReadingOptions.CONSISTENCY_DESCRIPTION)
    private String consistency = ReadingOptions.DEFAULT_CONSISTENCY;

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
        return new ReadOptions(ReadingOptions.consistency(consistency), maxStaleness, minIndex, 0, null);
    }
}
