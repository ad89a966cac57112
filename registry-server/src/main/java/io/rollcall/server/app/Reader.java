package io.rollcall.server.app;

/**
 * Who reads, as those are listed who follow a service.
 *
 * @param name as it names itself, else its address
 * @param address where it is connected from, {@code host:port}
 */
public record Reader(String name, String address) {

    /** Longest name that a reader may give itself. */
    public static final int MAX_NAME_LENGTH = 128;
}
