package io.rollcall.server.app.access;

import java.time.Duration;
import java.util.List;

/**
 * What a token is to be like.
 *
 * @param identity who acts with it
 * @param description free text
 * @param policies names of what it may do
 * @param ttl how long it is to hold; zero: for ever
 */
public record TokenOrder(String identity, String description, List<String> policies, Duration ttl) {

    /** Copies the list. */
    public TokenOrder {
        policies = List.copyOf(policies);
    }
}
