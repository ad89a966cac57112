package io.rollcall.cli;

import io.rollcall.client.ReadOptions;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of commands that read pages, of now or of an earlier time. */
final class PastReadingOptions extends ReadingOptions {

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "Print what was true then: a time such as 2026-11-22T12:00:00Z, or how long ago, such as 2h.")
    private @Nullable String at;

    @Override
    ReadOptions options() {
        return super.options().withAt(at());
    }

    /** The instant that is asked about; null for now. */
    @Nullable
    Instant at() {
        return at == null ? null : PointInTime.parse("--at", at, InstantSource.system());
    }
}
