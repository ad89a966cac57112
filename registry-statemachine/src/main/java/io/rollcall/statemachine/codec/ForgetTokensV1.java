package io.rollcall.statemachine.codec;

import io.rollcall.statemachine.command.AclCommand.ForgetTokens;
import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.CommandHeader;
import java.util.List;

/** {@link ForgetTokens}, version 1. */
record ForgetTokensV1(long term, List<String> ids, long beforeMillis) implements CommandBody {

    static ForgetTokensV1 of(ForgetTokens command) {
        return new ForgetTokensV1(command.term(), command.ids(), command.beforeMillis());
    }

    @Override
    public Command thaw(CommandHeader header) {
        return new ForgetTokens(header, term, ids, beforeMillis);
    }
}
