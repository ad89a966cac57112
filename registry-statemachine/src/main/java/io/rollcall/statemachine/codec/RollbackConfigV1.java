package io.rollcall.statemachine.codec;

import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.Command.RollbackConfig;
import io.rollcall.statemachine.command.CommandHeader;

/** {@link RollbackConfig}, version 1. */
record RollbackConfigV1(ConfigKeyV1 key, long version, PreconditionV1 precondition) implements CommandBody {

    static RollbackConfigV1 of(RollbackConfig command) {
        return new RollbackConfigV1(
                ConfigKeyV1.of(command.key()), command.version(), PreconditionV1.of(command.precondition()));
    }

    @Override
    public Command thaw(CommandHeader header) {
        return new RollbackConfig(header, key.thaw(), version, precondition.thaw());
    }
}
