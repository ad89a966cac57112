package io.rollcall.statemachine.state;

import io.rollcall.api.model.Namespace;

/**
 * What is left of the keys of a namespace that were forgotten: the index of a query never falls, also not that of a key
 * that nobody knows any more.
 *
 * @param namespace of the keys
 * @param index the newest of their last changes
 */
public record ConfigFloor(Namespace namespace, long index) {}
