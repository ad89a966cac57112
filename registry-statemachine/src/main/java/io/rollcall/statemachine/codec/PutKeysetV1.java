package io.rollcall.statemachine.codec;

import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.CommandHeader;
import io.rollcall.statemachine.command.KeyCommand.PutKeyset;
import java.util.List;

/** {@link PutKeyset}, version 1. */
record PutKeysetV1(long after, String wrapped, String masterKeyId, long primaryKeyId, List<Long> keyIds)
        implements CommandBody {

    static PutKeysetV1 of(PutKeyset command) {
        return new PutKeysetV1(
                command.after(), command.wrapped(), command.masterKeyId(), command.primaryKeyId(), command.keyIds());
    }

    @Override
    public Command thaw(CommandHeader header) {
        return new PutKeyset(header, after, wrapped, masterKeyId, primaryKeyId, keyIds);
    }
}
