package io.rollcall.server.raft;

import io.rollcall.server.app.CommandSubject;
import io.rollcall.server.trace.OpenSpan;
import io.rollcall.server.trace.SpanKeys;
import io.rollcall.server.trace.SpanNames;
import io.rollcall.server.trace.Tracing;
import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.CommandResult;
import io.rollcall.statemachine.ratis.TracedEntry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * Tells how entries fared on this member, of those commands whose traces are sampled. Nothing of it has a part in what is
 * applied: it is told when all is done.
 */
final class EntrySpans {

    /**
     * Older entries are of a replay, or this member was away for long: nobody looks at their traces any more. By the
     * proposer's clock, so that members whose clocks are further apart tell less.
     */
    static final Duration FRESH = Duration.ofSeconds(30);

    private final Tracing tracing;
    private final InstantSource clock;

    EntrySpans(Tracing tracing, InstantSource clock) {
        this.tracing = tracing;
        this.clock = clock;
    }

    /** An entry was applied here. */
    void applied(TracedEntry entry) {
        if (tracing == Tracing.NONE || clock.millis() - entry.batch().proposedAtMillis() > FRESH.toMillis()) {
            return;
        }
        List<Command> commands = entry.batch().commands();
        for (int i = 0; i < commands.size(); i++) {
            if (commands.get(i).header().isSampled()) {
                tell(entry, commands.get(i), entry.results().get(i));
            }
        }
    }

    private void tell(TracedEntry entry, Command command, CommandResult result) {
        String traceParent = command.header().traceParent();
        if (entry.proposedNanos() != null) {
            OpenSpan commit = tracing.below(SpanNames.COMMIT, traceParent, List.of(), entry.proposedNanos());
            if (commit != null) {
                ended(commit, entry, entry.beganNanos());
            }
        }
        OpenSpan apply = tracing.below(SpanNames.APPLY, traceParent, List.of(), entry.beganNanos());
        if (apply != null) {
            CommandSubject.tell(apply, command);
            boolean isRefused = result instanceof CommandResult.Refused;
            apply.set(SpanKeys.OUTCOME, isRefused ? "refused" : "applied").set(SpanKeys.INDEX, result.index());
            ended(apply, entry, entry.endedNanos());
        }
    }

    private static void ended(OpenSpan span, TracedEntry entry, long nanos) {
        span.set(SpanKeys.TERM, entry.term())
                .set(SpanKeys.LOG_INDEX, entry.logIndex())
                .set(SpanKeys.ENTRY_COMMANDS, entry.batch().commands().size())
                .end(nanos);
    }
}
