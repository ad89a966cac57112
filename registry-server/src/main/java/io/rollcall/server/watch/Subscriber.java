package io.rollcall.server.watch;

/**
 * Who follows.
 *
 * @param id as it names itself, else its address
 * @param address where it is connected from, {@code host:port}
 * @param sinceMillis since when, milliseconds since 1970
 */
public record Subscriber(String id, String address, long sinceMillis) {}
