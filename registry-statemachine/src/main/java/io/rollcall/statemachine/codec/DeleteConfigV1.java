package io.rollcall.statemachine.codec;

import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.Command.DeleteConfig;
import io.rollcall.statemachine.command.CommandHeader;

/** {@link DeleteConfig}, version 1. */
record DeleteConfigV1(ConfigKeyV1 key, PreconditionV1 precondition) implements CommandBody {

    static DeleteConfigV1 of(DeleteConfig command) {
        return new DeleteConfigV1(ConfigKeyV1.of(command.key()), PreconditionV1.of(command.precondition()));
    }

    @Override
    public Command thaw(CommandHeader header) {
        return new DeleteConfig(header, key.thaw(), precondition.thaw());
    }
}
