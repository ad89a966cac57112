package io.rollcall.statemachine.codec;

import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.Command.Judge;
import io.rollcall.statemachine.command.CommandHeader;
import java.util.List;

/** {@link Judge}, version 1. */
record JudgeV1(long term, List<VerdictV1> verdicts) implements CommandBody {

    static JudgeV1 of(Judge command) {
        return new JudgeV1(
                command.term(), command.verdicts().stream().map(VerdictV1::of).toList());
    }

    @Override
    public Command thaw(CommandHeader header) {
        return new Judge(header, term, verdicts.stream().map(VerdictV1::thaw).toList());
    }
}
