package io.rollcall.statemachine.codec;

import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.Command.RegisterBatch;
import io.rollcall.statemachine.command.CommandHeader;
import java.util.List;

/** {@link RegisterBatch}, version 1. */
record RegisterBatchV1(String mode, boolean atomic, List<RegistrationV1> registrations) implements CommandBody {

    static RegisterBatchV1 of(RegisterBatch command) {
        return new RegisterBatchV1(
                WireEnum.REGISTER_MODE.name(command.mode()),
                command.atomic(),
                command.registrations().stream().map(RegistrationV1::of).toList());
    }

    @Override
    public Command thaw(CommandHeader header) {
        return new RegisterBatch(
                header,
                registrations.stream().map(RegistrationV1::thaw).toList(),
                WireEnum.REGISTER_MODE.parse(mode),
                atomic);
    }
}
