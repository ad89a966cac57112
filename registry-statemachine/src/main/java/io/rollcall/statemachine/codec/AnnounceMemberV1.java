package io.rollcall.statemachine.codec;

import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.Command.AnnounceMember;
import io.rollcall.statemachine.command.CommandHeader;

/** {@link AnnounceMember}, version 1. */
record AnnounceMemberV1(MemberV1 member) implements CommandBody {

    static AnnounceMemberV1 of(AnnounceMember command) {
        return new AnnounceMemberV1(MemberV1.of(command.member()));
    }

    @Override
    public Command thaw(CommandHeader header) {
        return new AnnounceMember(header, member.thaw());
    }
}
