package io.rollcall.statemachine.codec;

import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.Command.DeregisterInstance;
import io.rollcall.statemachine.command.CommandHeader;
import org.jspecify.annotations.Nullable;

/** {@link DeregisterInstance}, version 1. */
record DeregisterInstanceV1(KeyV1 key, @MayBeNull @Nullable Long incarnation, PreconditionV1 precondition)
        implements CommandBody {

    static DeregisterInstanceV1 of(DeregisterInstance command) {
        return new DeregisterInstanceV1(
                KeyV1.of(command.key()), command.incarnation(), PreconditionV1.of(command.precondition()));
    }

    @Override
    public Command thaw(CommandHeader header) {
        return new DeregisterInstance(header, key.thaw(), incarnation, precondition.thaw());
    }
}
