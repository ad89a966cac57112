package io.rollcall.statemachine.codec;

import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.CommandHeader;

/** The content of one command in one version, as it lies in the log. A shipped one is never edited. */
interface CommandBody {

    /** The command that it stands for. */
    Command thaw(CommandHeader header);
}
