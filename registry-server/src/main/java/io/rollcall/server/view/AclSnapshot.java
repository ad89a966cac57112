package io.rollcall.server.view;

import io.rollcall.api.model.AccessPolicy;
import io.rollcall.api.model.AccessToken;
import java.util.Map;

/**
 * Tokens and policies as of one registry index. Immutable.
 *
 * @param index registry index of the last change of any of them; 0 if there never was one
 * @param policies by name
 * @param tokens by id
 */
public record AclSnapshot(long index, Map<String, AccessPolicy> policies, Map<String, Entry> tokens) {

    /** Neither tokens nor policies. */
    public static final AclSnapshot EMPTY = new AclSnapshot(0, Map.of(), Map.of());

    /** Copies the maps. */
    public AclSnapshot {
        policies = Map.copyOf(policies);
        tokens = Map.copyOf(tokens);
    }

    /**
     * A token and what proves that it is shown.
     *
     * @param token as it can be shown
     * @param secretHash SHA-256 of the secret's characters, hexadecimal; empty for one without a secret
     */
    public record Entry(AccessToken token, String secretHash) {}
}
