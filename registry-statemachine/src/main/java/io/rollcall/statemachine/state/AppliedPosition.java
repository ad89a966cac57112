package io.rollcall.statemachine.state;

/**
 * How far the state has come. It is stored in the same atomic batch as what it speaks of.
 *
 * @param term Raft term of the last applied log entry
 * @param logIndex Raft index of the last applied log entry; -1 before the first
 * @param registryIndex the registry's own index: one for each applied command; 0 before the first
 * @param clockMillis the replicated clock, milliseconds since 1970; never runs back
 */
public record AppliedPosition(long term, long logIndex, long registryIndex, long clockMillis) {

    /** Before the first entry. */
    public static final AppliedPosition START = new AppliedPosition(0, -1, 0, 0);
}
