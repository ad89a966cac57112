package io.rollcall.api.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A token as it can be shown: without its secret, of which only a hash is stored.
 *
 * @param id public half of the token, by which it is found, listed and audited
 * @param identity who acts with it: the owner of what it registers. Several tokens of one identity are one owner, so that
 *     tokens can be rotated; 1 to 128 characters
 * @param description free text, at most 256 characters
 * @param policies names of what it may do; one that does not exist allows nothing
 * @param createdAt when it was made
 * @param expiresAt from when on it is nothing any more; null: never
 * @param createIndex registry index at which it appeared
 * @param modifyIndex registry index of its last change
 */
public record AccessToken(
        String id,
        String identity,
        String description,
        List<String> policies,
        Instant createdAt,
        @Nullable Instant expiresAt,
        long createIndex,
        long modifyIndex) {

    /** Id of the token of those who show none. It has no secret, and exists only where an operator made it. */
    public static final String ANONYMOUS_ID = "anonymous";

    /** Copies the list. */
    public AccessToken {
        policies = List.copyOf(policies);
    }
}
