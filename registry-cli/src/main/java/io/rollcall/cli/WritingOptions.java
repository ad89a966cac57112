package io.rollcall.cli;

import io.rollcall.client.WriteOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of commands that write. */
final class WritingOptions {

    static final String REQUEST_ID_DESCRIPTION =
            "Makes repetitions within ten minutes one write, 1 to 64 characters. Default: a new one.";

    @Option(names = "--dry-run", description = "Run all checks and say what would change; change nothing.")
    private boolean dryRun;

    @Option(
            names = "--if-match",
            paramLabel = "INDEX",
            description = "Only if its modify index is this one, or * if it exists at all.")
    private @Nullable String ifMatch;

    @Option(names = "--request-id", paramLabel = "ID", description = REQUEST_ID_DESCRIPTION)
    private @Nullable String requestId;

    boolean dryRun() {
        return dryRun;
    }

    boolean hasCondition() {
        return ifMatch != null;
    }

    WriteOptions options() {
        return WriteOptions.none().withIfMatch(checkedIfMatch(ifMatch)).withRequestId(checkedRequestId(requestId));
    }

    static @Nullable String checkedIfMatch(@Nullable String ifMatch) {
        if (ifMatch != null && !ifMatch.equals("*") && !ifMatch.matches("[0-9]{1,18}")) {
            throw new UsageException("--if-match must be a modify index or *, is '" + ifMatch + "'");
        }
        return ifMatch;
    }

    static @Nullable String checkedRequestId(@Nullable String requestId) {
        if (requestId != null && !requestId.matches("[!-~]{1,64}")) {
            throw new UsageException("--request-id must be 1 to 64 printable characters without spaces");
        }
        return requestId;
    }
}
