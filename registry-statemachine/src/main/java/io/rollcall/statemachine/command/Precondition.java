package io.rollcall.statemachine.command;

/**
 * What must hold of the present instance for a command to be applied.
 *
 * @param kind which condition
 * @param modifyIndex compared by {@link Kind#MODIFY_INDEX} alone; 0 elsewhere
 */
public record Precondition(Kind kind, long modifyIndex) {

    /** No condition. */
    public static final Precondition NONE = new Precondition(Kind.NONE, 0);

    /** The instance must be registered. */
    public static final Precondition EXISTS = new Precondition(Kind.EXISTS, 0);

    /** The instance must not be registered. */
    public static final Precondition ABSENT = new Precondition(Kind.ABSENT, 0);

    /** The conditions. */
    public enum Kind {
        /** Always holds. */
        NONE,
        /** Something is registered. */
        EXISTS,
        /** Nothing is registered. */
        ABSENT,
        /** The present instance was last changed at the given index. */
        MODIFY_INDEX
    }

    /**
     * The instance must be unchanged since an index.
     *
     * @param modifyIndex its last change, 1 or more
     * @return the condition
     */
    public static Precondition modifyIndex(long modifyIndex) {
        return new Precondition(Kind.MODIFY_INDEX, modifyIndex);
    }

    /**
     * Tells whether the condition holds.
     *
     * @param presentModifyIndex of the present instance; 0 if there is none
     * @return true if it holds
     */
    public boolean holds(long presentModifyIndex) {
        return switch (kind) {
            case NONE -> true;
            case EXISTS -> presentModifyIndex > 0;
            case ABSENT -> presentModifyIndex == 0;
            case MODIFY_INDEX -> presentModifyIndex == modifyIndex;
        };
    }
}
