package io.rollcall.statemachine.codec;

import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.Command.SetOperatorWord;
import io.rollcall.statemachine.command.CommandHeader;
import org.jspecify.annotations.Nullable;

/** {@link SetOperatorWord}, version 1. */
record SetOperatorWordV1(KeyV1 key, @MayBeNull @Nullable OperatorWordV1 word) implements CommandBody {

    static SetOperatorWordV1 of(SetOperatorWord command) {
        return new SetOperatorWordV1(KeyV1.of(command.key()), OperatorWordV1.ofNullable(command.word()));
    }

    @Override
    public Command thaw(CommandHeader header) {
        return new SetOperatorWord(header, key.thaw(), OperatorWordV1.thawNullable(word));
    }
}
