package io.rollcall.statemachine.codec;

import io.rollcall.statemachine.command.AclCommand.DeleteToken;
import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.CommandHeader;

/** {@link DeleteToken}, version 1. */
record DeleteTokenV1(String id, PreconditionV1 precondition) implements CommandBody {

    static DeleteTokenV1 of(DeleteToken command) {
        return new DeleteTokenV1(command.id(), PreconditionV1.of(command.precondition()));
    }

    @Override
    public Command thaw(CommandHeader header) {
        return new DeleteToken(header, id, precondition.thaw());
    }
}
