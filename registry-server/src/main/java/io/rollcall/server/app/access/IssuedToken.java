package io.rollcall.server.app.access;

import io.rollcall.api.model.AccessToken;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A token that was made or changed.
 *
 * @param token it
 * @param credential with its secret, this once; null where no secret was drawn
 * @param unknownPolicies those of its policies that are not there: they allow nothing until somebody makes them
 * @param previous the token in whose place it came; null if in nobody's
 */
public record IssuedToken(
        AccessToken token,
        @Nullable Credential credential,
        List<String> unknownPolicies,
        @Nullable AccessToken previous) {

    /** Copies the list. */
    public IssuedToken {
        unknownPolicies = List.copyOf(unknownPolicies);
    }
}
