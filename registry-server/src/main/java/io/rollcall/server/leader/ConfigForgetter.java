package io.rollcall.server.leader;

import io.rollcall.api.model.ConfigEntry;
import io.rollcall.server.app.LeaderLog;
import io.rollcall.server.config.HistorySettings;
import io.rollcall.server.view.ConfigView;
import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.CommandHeader;
import io.rollcall.statemachine.command.CommandResult;
import io.rollcall.statemachine.command.CommandResult.HistoryTrimmed;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/**
 * Has configuration keys forgotten that were deleted longer ago than the history is kept, by commands, so that all members
 * forget the same. It looks now and then and proposes only what has something to do.
 */
final class ConfigForgetter {

    /** From one look to the next. */
    static final Duration INTERVAL = Duration.ofSeconds(10);

    /** Versions that one command forgets: with values of 512 KiB it reads 8 MiB to keep the state hash. */
    static final int VERSIONS_MAX = 16;

    /** Keys whose commands are under way at a time; more follow them at once. */
    static final int KEYS_MAX = 32;

    private final HistorySettings settings;
    private final LeaderLog log;
    private final ConfigView view;
    private final LongSupplier monotonicNanos;
    private final InstantSource wallClock;

    // The term whose commands are under way, 0 for none: those that were lost with it must not hold up the next.
    private volatile long termUnderWay;
    private long lookedAtNanos;

    /**
     * A forgetter.
     *
     * @param settings how long is kept
     * @param log this member's
     * @param view the configuration, as applied here
     * @param monotonicNanos for the interval
     * @param wallClock tells what is old
     */
    ConfigForgetter(
            HistorySettings settings,
            LeaderLog log,
            ConfigView view,
            LongSupplier monotonicNanos,
            InstantSource wallClock) {
        this.settings = settings;
        this.log = log;
        this.view = view;
        this.monotonicNanos = monotonicNanos;
        this.wallClock = wallClock;
        this.lookedAtNanos = monotonicNanos.getAsLong();
    }

    /** To be called often while this member leads, by one thread. */
    void sweep(long term) {
        long now = monotonicNanos.getAsLong();
        if (termUnderWay == term || now - lookedAtNanos < INTERVAL.toNanos()) {
            return;
        }
        lookedAtNanos = now;
        termUnderWay = term;
        forget(term);
    }

    private void forget(long term) {
        long beforeMillis = wallClock.millis() - settings.retention().toMillis();
        List<ConfigEntry> due = view.current().oldestDeletions(KEYS_MAX).stream()
                .filter(deletion -> deletion.modifiedAt().toEpochMilli() < beforeMillis)
                .toList();
        List<CompletableFuture<CommandResult>> commands = due.stream()
                .map(deletion -> log.append(new Command.ForgetConfig(
                        CommandHeader.of(UUID.randomUUID().toString()),
                        term,
                        deletion.key(),
                        beforeMillis,
                        VERSIONS_MAX)))
                .toList();
        // What is lost, or cannot be read by all members yet, is tried again at the next look.
        var unused = CompletableFuture.allOf(commands.toArray(CompletableFuture[]::new))
                .whenComplete((all, lost) -> {
                    if (lost == null && commands.stream().anyMatch(command -> hasForgotten(command.join()))) {
                        forget(term);
                    } else if (termUnderWay == term) {
                        termUnderWay = 0;
                    }
                });
    }

    /** Whatever the reason, what has nothing to do now must not be proposed in a circle. */
    private static boolean hasForgotten(CommandResult result) {
        return result instanceof HistoryTrimmed trimmed && trimmed.removed() > 0;
    }
}
