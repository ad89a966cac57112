package io.rollcall.server.app;

/**
 * The answer to a query.
 *
 * @param body UTF-8 JSON, shared: not to be written to
 * @param index the query's version: it moves only when what the query returns can have moved
 * @param etag strong and quoted; never the same for other bytes of the same query, but for the last heartbeat
 * @param applied the registry index that the node had applied
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; the bytes are shared on purpose
public record Answer(byte[] body, long index, String etag, long applied) {}
