package io.rollcall.server.app;

import io.rollcall.statemachine.command.Precondition;

/** What must hold of the instance that is there for a write to happen. */
public final class WriteCondition {

    /** No condition. */
    public static final WriteCondition NONE = new WriteCondition(Precondition.NONE);

    /** Something is registered under the id. */
    public static final WriteCondition EXISTS = new WriteCondition(Precondition.EXISTS);

    /** Nothing is registered under the id. */
    public static final WriteCondition ABSENT = new WriteCondition(Precondition.ABSENT);

    private final Precondition precondition;

    private WriteCondition(Precondition precondition) {
        this.precondition = precondition;
    }

    /**
     * The instance is unchanged since an index.
     *
     * @param modifyIndex its last change, 1 or more
     * @return the condition
     */
    public static WriteCondition unchangedSince(long modifyIndex) {
        return new WriteCondition(Precondition.modifyIndex(modifyIndex));
    }

    /**
     * Returns it as commands carry it.
     *
     * @return the precondition
     */
    public Precondition precondition() {
        return precondition;
    }
}
