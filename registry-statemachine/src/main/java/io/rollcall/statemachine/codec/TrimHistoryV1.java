package io.rollcall.statemachine.codec;

import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.Command.TrimHistory;
import io.rollcall.statemachine.command.CommandHeader;

/** {@link TrimHistory}, version 1. */
record TrimHistoryV1(long term, long beforeMillis, long keepBytes, int limit) implements CommandBody {

    static TrimHistoryV1 of(TrimHistory command) {
        return new TrimHistoryV1(command.term(), command.beforeMillis(), command.keepBytes(), command.limit());
    }

    @Override
    public Command thaw(CommandHeader header) {
        return new TrimHistory(header, term, beforeMillis, keepBytes, limit);
    }
}
