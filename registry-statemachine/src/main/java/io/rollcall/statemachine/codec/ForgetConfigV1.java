package io.rollcall.statemachine.codec;

import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.Command.ForgetConfig;
import io.rollcall.statemachine.command.CommandHeader;

/** {@link ForgetConfig}, version 1. */
record ForgetConfigV1(long term, ConfigKeyV1 key, long beforeMillis, int limit) implements CommandBody {

    static ForgetConfigV1 of(ForgetConfig command) {
        return new ForgetConfigV1(
                command.term(), ConfigKeyV1.of(command.key()), command.beforeMillis(), command.limit());
    }

    @Override
    public Command thaw(CommandHeader header) {
        return new ForgetConfig(header, term, key.thaw(), beforeMillis, limit);
    }
}
