package io.rollcall.server.view;

import io.rollcall.api.model.AccessPolicy;
import io.rollcall.api.model.AccessToken;
import java.util.HashMap;
import java.util.Map;

/**
 * Tokens and policies as of one registry index. Immutable.
 *
 * @param index registry index of the last change of any of them, or as of which this node loaded them; 0 before either
 * @param policies by name; the one that is built in is always there
 * @param tokens by id; those that expired may still be there
 */
public record AclSnapshot(long index, Map<String, AccessPolicy> policies, Map<String, Entry> tokens) {

    /** Neither tokens nor policies but the one that is built in. */
    public static final AclSnapshot EMPTY = new AclSnapshot(0, Map.of(), Map.of());

    /** Copies the maps. */
    public AclSnapshot {
        Map<String, AccessPolicy> all = new HashMap<>(policies);
        all.put(AccessPolicy.GLOBAL_MANAGEMENT_NAME, AccessPolicy.GLOBAL_MANAGEMENT);
        policies = Map.copyOf(all);
        tokens = Map.copyOf(tokens);
    }

    /**
     * A token and what proves that it is shown.
     *
     * @param token as it can be shown
     * @param secretHash SHA-256 of the secret's characters, hexadecimal; empty for one without a secret
     */
    public record Entry(AccessToken token, String secretHash) {

        /** Without the hash: whoever has it can try secrets against it. */
        @Override
        public String toString() {
            return "Entry[token=" + token + ", secretHash=***]";
        }
    }
}
