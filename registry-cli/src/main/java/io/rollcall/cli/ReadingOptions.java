package io.rollcall.cli;

import io.rollcall.client.ReadOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of commands that read pages. */
class ReadingOptions extends FreshnessOptions {

    @Option(names = "--limit", paramLabel = "N", description = "The most entries to print, 1 to 10000.")
    private int limit;

    @Option(names = "--cursor", paramLabel = "CURSOR", description = "Go on where the page before ended.")
    private @Nullable String cursor;

    @Override
    ReadOptions options() {
        return super.options().withPage(limit, cursor);
    }

    static String more(@Nullable String cursor) {
        return cursor == null ? "" : "; more follow: --cursor " + cursor;
    }
}
