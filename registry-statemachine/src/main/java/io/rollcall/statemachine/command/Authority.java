package io.rollcall.statemachine.command;

/** On whose authority a command asks for its change, as far as that concerns who owns an instance. */
public enum Authority {
    /** Nobody's: the caller was not authenticated, or the registry acts itself. Owners are neither set nor looked at. */
    NONE,
    /** The actor's own: it owns what it registers, and changes nothing that another identity owns. */
    OWNER,
    /** An operator's: it owns what it registers, and may change what others own; they stay its owners. */
    OPERATOR
}
