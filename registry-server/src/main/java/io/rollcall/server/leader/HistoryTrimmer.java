package io.rollcall.server.leader;

import io.rollcall.server.app.LeaderLog;
import io.rollcall.server.config.HistorySettings;
import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.CommandHeader;
import io.rollcall.statemachine.command.CommandResult.HistoryTrimmed;
import io.rollcall.statemachine.history.Past;
import io.rollcall.statemachine.history.PastReader;
import io.rollcall.statemachine.history.PastUnavailableException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.LongSupplier;

/**
 * Has the oldest events of the history forgotten, by a command, so that all members forget the same. It looks now and
 * then and proposes only what has something to do: an idle cluster's log stays as it is.
 */
final class HistoryTrimmer {

    /** From one look to the next. */
    static final Duration INTERVAL = Duration.ofSeconds(10);

    /** Events that one command forgets: so few that nobody notices their entry. More follow it at once. */
    static final int BATCH_MAX = 1_000;

    private final HistorySettings settings;
    private final LeaderLog log;
    private final PastReader past;
    private final LongSupplier monotonicNanos;
    private final InstantSource wallClock;
    // The term whose command is under way, 0 for none: one that was lost with its term must not hold up the next.
    private volatile long termUnderWay;
    private long lookedAtNanos;

    /**
     * A trimmer.
     *
     * @param settings how much is kept
     * @param log this member's
     * @param past its store
     * @param monotonicNanos for the interval
     * @param wallClock tells what is old
     */
    HistoryTrimmer(
            HistorySettings settings,
            LeaderLog log,
            PastReader past,
            LongSupplier monotonicNanos,
            InstantSource wallClock) {
        this.settings = settings;
        this.log = log;
        this.past = past;
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
        if (isDue()) {
            termUnderWay = term;
            trim(term);
        }
    }

    private boolean isDue() {
        try {
            return past.read(this::isDue);
        } catch (PastUnavailableException e) {
            return false;
        }
    }

    private boolean isDue(Past now) {
        long before = beforeMillis();
        return now.bytes() > settings.maxSizeBytes() || now.oldestEventMillis().orElse(Long.MAX_VALUE) < before;
    }

    private long beforeMillis() {
        return wallClock.millis() - settings.retention().toMillis();
    }

    private void trim(long term) {
        CommandHeader header = CommandHeader.of(UUID.randomUUID().toString());
        var unused = log.append(
                        new Command.TrimHistory(header, term, beforeMillis(), settings.maxSizeBytes(), BATCH_MAX))
                // One that is lost, or that not all members can read yet, is tried again at the next look.
                .handle((result, lost) -> {
                    if (result instanceof HistoryTrimmed trimmed && trimmed.removed() == BATCH_MAX) {
                        trim(term);
                    } else if (termUnderWay == term) {
                        termUnderWay = 0;
                    }
                    return result;
                });
    }
}
