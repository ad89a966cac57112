package io.rollcall.server.leader;

import io.rollcall.server.app.LeaderLog;
import io.rollcall.server.trace.OpenSpan;
import io.rollcall.server.trace.SpanKeys;
import io.rollcall.server.trace.SpanNames;
import io.rollcall.server.trace.Tracing;
import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.CommandHeader;
import io.rollcall.statemachine.command.CommandResult;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Tells of those verdicts that are sampled, and of those that a sampled probe led to. */
public final class TracedLog implements LeaderLog {

    private final LeaderLog log;
    private final Tracing tracing;

    /**
     * A log that is told of.
     *
     * @param log takes what is decided
     * @param tracing takes the spans
     */
    public TracedLog(LeaderLog log, Tracing tracing) {
        this.log = log;
        this.tracing = tracing;
    }

    @Override
    public CompletableFuture<Long> confirm() {
        return log.confirm();
    }

    @Override
    public CompletableFuture<Boolean> applied(long logIndex, Duration deadline) {
        return log.applied(logIndex, deadline);
    }

    @Override
    public CompletableFuture<CommandResult> append(Command command) {
        OpenSpan span =
                command instanceof Command.Judge judge && tracing != Tracing.NONE ? begin(judge.header()) : null;
        if (span == null || !(command instanceof Command.Judge judge)) {
            return log.append(command);
        }
        span.set(SpanKeys.VERDICTS, judge.verdicts().size()).set(SpanKeys.TERM, judge.term());
        CommandHeader below = judge.header().withTraceParent(span.traceParent());
        return log.append(new Command.Judge(below, judge.term(), judge.verdicts()))
                .whenComplete((result, failure) -> ended(span, result, failure));
    }

    private @Nullable OpenSpan begin(CommandHeader header) {
        // A probe that is sampled is told to its end.
        return header.isSampled()
                ? tracing.below(SpanNames.VERDICT, header.traceParent())
                : tracing.root(SpanNames.VERDICT, List.of(), System.nanoTime());
    }

    private static void ended(OpenSpan span, @Nullable CommandResult result, @Nullable Throwable failure) {
        if (result instanceof CommandResult.Judged judged) {
            span.set(
                    SpanKeys.VERDICTS_TAKEN,
                    judged.taken().stream().filter(Boolean::booleanValue).count());
        }
        if (failure != null) {
            span.fail("unknown", failure.getMessage());
        }
        span.end();
    }
}
