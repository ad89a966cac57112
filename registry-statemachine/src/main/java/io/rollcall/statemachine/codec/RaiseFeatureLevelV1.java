package io.rollcall.statemachine.codec;

import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.Command.RaiseFeatureLevel;
import io.rollcall.statemachine.command.CommandHeader;

/** {@link RaiseFeatureLevel}, version 1. */
record RaiseFeatureLevelV1(int level) implements CommandBody {

    static RaiseFeatureLevelV1 of(RaiseFeatureLevel command) {
        return new RaiseFeatureLevelV1(command.level());
    }

    @Override
    public Command thaw(CommandHeader header) {
        return new RaiseFeatureLevel(header, level);
    }
}
