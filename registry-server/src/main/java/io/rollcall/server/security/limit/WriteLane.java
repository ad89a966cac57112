package io.rollcall.server.security.limit;

import io.rollcall.server.app.CommandBus;
import io.rollcall.server.app.SubmitOutcome;
import io.rollcall.server.app.SubmitOutcome.NotSubmitted;
import io.rollcall.server.config.LimitSettings;
import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.CommandResult;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/**
 * The commands of this node's callers on their way into the log and back. What there is no room for is refused at once: a
 * queue that grows helps nobody, since its end is reached when its callers have gone.
 *
 * <p>A command takes its place only once it is whole: a caller who sends a body slowly holds none.
 */
public final class WriteLane implements CommandBus {

    /**
     * So many are let in however long they take: while a leader is elected all writes take long, and whoever has but a few
     * callers must not be refused for it.
     */
    private static final int MIN_UNDER_WAY = 128;

    private final CommandBus bus;
    private final AdaptiveLimit limit;
    private final LongSupplier nanos;

    /**
     * A lane in front of the log.
     *
     * @param bus the way into the log
     * @param settings how much there may be
     * @param nanos a monotonic clock
     */
    public WriteLane(CommandBus bus, LimitSettings settings, LongSupplier nanos) {
        this.bus = bus;
        this.nanos = nanos;
        this.limit = new AdaptiveLimit(
                MIN_UNDER_WAY, settings.writesUnderWay(), settings.writeTime().toNanos(), nanos);
    }

    @Override
    public CompletableFuture<SubmitOutcome> submit(Command command, Duration deadline) {
        if (!limit.tryBegin()) {
            return CompletableFuture.completedFuture(new NotSubmitted(
                    NotSubmitted.Cause.OVERLOADED, "this node has as many writes under way as it can end in time"));
        }
        long began = nanos.getAsLong();
        CompletableFuture<SubmitOutcome> outcome;
        try {
            outcome = bus.submit(command, deadline);
        } catch (RuntimeException | Error e) {
            limit.ended(began);
            throw e;
        }
        return outcome.whenComplete((done, error) -> limit.ended(began));
    }

    @Override
    public CommandResult preview(Command command) {
        return bus.preview(command);
    }

    /**
     * Returns how many writes are under way.
     *
     * @return 0 or more
     */
    public int underWay() {
        return limit.underWay();
    }

    /**
     * Returns how many may be.
     *
     * @return as found out by their time
     */
    public int limit() {
        return limit.limit();
    }

    /** Whether a write that came now would be refused. */
    boolean isFull() {
        return limit.isFull();
    }
}
