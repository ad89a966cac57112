package io.rollcall.statemachine.apply;

import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.CommandResult.HistoryTrimmed;
import io.rollcall.statemachine.state.EventMark;
import io.rollcall.statemachine.state.Mutation.RemoveOldestEvents;
import java.util.List;

/** The part of the rules that speaks of what the history keeps. */
final class HistoryRules {

    private final ApplyContext context;

    HistoryRules(ApplyContext context) {
        this.context = context;
    }

    Effect trimHistory(Command.TrimHistory command) {
        if (command.term() != context.term()) {
            return Effect.only(new HistoryTrimmed(context.index(), 0));
        }
        long bytes = context.state().history().bytes();
        int removed = 0;
        for (EventMark oldest : context.state().oldestEvents(command.limit())) {
            if (oldest.timeMillis() >= command.beforeMillis() && bytes <= command.keepBytes()) {
                break;
            }
            bytes -= oldest.bytes();
            removed++;
        }
        HistoryTrimmed result = new HistoryTrimmed(context.index(), removed);
        return removed == 0
                ? Effect.only(result)
                : new Effect(List.of(new RemoveOldestEvents(removed)), List.of(), result);
    }
}
