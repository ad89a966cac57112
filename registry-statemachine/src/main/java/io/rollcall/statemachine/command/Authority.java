package io.rollcall.statemachine.command;

import org.jspecify.annotations.Nullable;

/** On whose authority a command asks for its change, as far as that concerns who owns an instance. */
public enum Authority {
    /** Nobody's: the caller was not authenticated, or the registry acts itself. Owners are neither set nor looked at. */
    NONE,
    /** The actor's own: it owns what it registers, and changes nothing that another identity owns. */
    OWNER,
    /** An operator's: it owns what it registers, and may change what others own; they stay its owners. */
    OPERATOR;

    /**
     * Tells whether an instance may be changed on this authority.
     *
     * @param actor who asks; null if nobody was authenticated
     * @param owner of the instance; null if nobody owns it
     * @return false if another identity owns it, and the actor is no operator
     */
    public boolean mayChange(@Nullable String actor, @Nullable String owner) {
        return switch (this) {
            case NONE, OPERATOR -> true;
            case OWNER -> owner == null || owner.equals(actor);
        };
    }
}
