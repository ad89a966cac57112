package io.rollcall.statemachine.apply;

import io.rollcall.statemachine.state.StateReader;

/**
 * What a rule may know beside its command. There is no clock, no randomness and no configuration here, and there must
 * never be: replicas would come apart.
 *
 * @param state what is true now
 * @param term Raft term of the entry
 * @param index registry index of the command; a command of many items takes the ones that follow, too
 * @param nowMillis the replicated clock, milliseconds since 1970
 */
public record ApplyContext(StateReader state, long term, long index, long nowMillis) {}
