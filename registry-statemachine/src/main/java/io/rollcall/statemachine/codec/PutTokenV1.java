package io.rollcall.statemachine.codec;

import io.rollcall.statemachine.command.AclCommand.PutToken;
import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.CommandHeader;
import java.util.List;

/** {@link PutToken}, version 1. */
record PutTokenV1(
        String id,
        String identity,
        String description,
        List<String> policies,
        long expiresAtMillis,
        String secretHash,
        PreconditionV1 precondition)
        implements CommandBody {

    static PutTokenV1 of(PutToken command) {
        return new PutTokenV1(
                command.id(),
                command.identity(),
                command.description(),
                command.policies(),
                command.expiresAtMillis(),
                command.secretHash(),
                PreconditionV1.of(command.precondition()));
    }

    @Override
    public Command thaw(CommandHeader header) {
        return new PutToken(
                header, id, identity, description, policies, expiresAtMillis, secretHash, precondition.thaw());
    }
}
