package io.rollcall.server.view;

/**
 * How far a snapshot has come.
 *
 * @param registryIndex the registry's own index
 * @param logIndex Raft's log index; -1 before the first entry
 * @param clockMillis the replicated clock, milliseconds since 1970
 */
public record CatalogPosition(long registryIndex, long logIndex, long clockMillis) {}
