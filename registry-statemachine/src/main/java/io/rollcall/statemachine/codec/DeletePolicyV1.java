package io.rollcall.statemachine.codec;

import io.rollcall.statemachine.command.AclCommand.DeletePolicy;
import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.CommandHeader;

/** {@link DeletePolicy}, version 1. */
record DeletePolicyV1(String name, PreconditionV1 precondition) implements CommandBody {

    static DeletePolicyV1 of(DeletePolicy command) {
        return new DeletePolicyV1(command.name(), PreconditionV1.of(command.precondition()));
    }

    @Override
    public Command thaw(CommandHeader header) {
        return new DeletePolicy(header, name, precondition.thaw());
    }
}
