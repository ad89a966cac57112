package io.rollcall.statemachine.codec;

import io.rollcall.statemachine.command.Precondition;

/** What must hold for a command to be applied, version 1; part of the log. */
record PreconditionV1(String kind, long modifyIndex) {

    static PreconditionV1 of(Precondition precondition) {
        return new PreconditionV1(WireEnum.PRECONDITION.name(precondition.kind()), precondition.modifyIndex());
    }

    Precondition thaw() {
        return new Precondition(WireEnum.PRECONDITION.parse(kind), modifyIndex);
    }
}
