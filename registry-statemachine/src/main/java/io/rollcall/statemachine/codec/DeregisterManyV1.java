package io.rollcall.statemachine.codec;

import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.Command.DeregisterMany;
import io.rollcall.statemachine.command.Command.DeregisterMany.Target;
import io.rollcall.statemachine.command.CommandHeader;
import java.util.List;

/** {@link DeregisterMany}, version 1. */
record DeregisterManyV1(List<TargetV1> targets) implements CommandBody {

    /** An instance as it was when it was chosen. */
    record TargetV1(KeyV1 key, long modifyIndex) {}

    static DeregisterManyV1 of(DeregisterMany command) {
        return new DeregisterManyV1(command.targets().stream()
                .map(target -> new TargetV1(KeyV1.of(target.key()), target.modifyIndex()))
                .toList());
    }

    @Override
    public Command thaw(CommandHeader header) {
        return new DeregisterMany(
                header,
                targets.stream()
                        .map(target -> new Target(target.key().thaw(), target.modifyIndex()))
                        .toList());
    }
}
