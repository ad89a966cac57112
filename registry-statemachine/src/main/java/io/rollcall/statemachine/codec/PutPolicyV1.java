package io.rollcall.statemachine.codec;

import io.rollcall.statemachine.command.AclCommand.PutPolicy;
import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.CommandHeader;
import java.util.List;

/** {@link PutPolicy}, version 1. */
record PutPolicyV1(String name, String description, List<AccessRuleV1> rules, PreconditionV1 precondition)
        implements CommandBody {

    static PutPolicyV1 of(PutPolicy command) {
        return new PutPolicyV1(
                command.name(),
                command.description(),
                command.rules().stream().map(AccessRuleV1::of).toList(),
                PreconditionV1.of(command.precondition()));
    }

    @Override
    public Command thaw(CommandHeader header) {
        return new PutPolicy(
                header,
                name,
                description,
                rules.stream().map(AccessRuleV1::thaw).toList(),
                precondition.thaw());
    }
}
