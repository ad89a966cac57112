package io.rollcall.statemachine.codec;

import io.rollcall.api.model.ConfigValue;
import io.rollcall.api.model.ContentType;
import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.Command.PutConfig;
import io.rollcall.statemachine.command.CommandHeader;

/** {@link PutConfig}, version 1. The value is written as base64. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PutConfigV1(ConfigKeyV1 key, String contentType, boolean secret, byte[] value, PreconditionV1 precondition)
        implements CommandBody {

    static PutConfigV1 of(PutConfig command) {
        return new PutConfigV1(
                ConfigKeyV1.of(command.key()),
                command.contentType().value(),
                command.secret(),
                command.value().bytes(),
                PreconditionV1.of(command.precondition()));
    }

    @Override
    public Command thaw(CommandHeader header) {
        return new PutConfig(
                header,
                key.thaw(),
                new ContentType(contentType),
                secret,
                ConfigValue.stored(value),
                precondition.thaw());
    }
}
