package io.rollcall.statemachine.codec;

import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.Command.RegisterInstance;
import io.rollcall.statemachine.command.CommandHeader;

/** {@link RegisterInstance}, version 1. */
record RegisterInstanceV1(String mode, PreconditionV1 precondition, RegistrationV1 registration)
        implements CommandBody {

    static RegisterInstanceV1 of(RegisterInstance command) {
        return new RegisterInstanceV1(
                WireEnum.REGISTER_MODE.name(command.mode()),
                PreconditionV1.of(command.precondition()),
                RegistrationV1.of(command.registration()));
    }

    @Override
    public Command thaw(CommandHeader header) {
        return new RegisterInstance(
                header, registration.thaw(), WireEnum.REGISTER_MODE.parse(mode), precondition.thaw());
    }
}
