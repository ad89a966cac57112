package io.rollcall.server.config;

/** What is allowed to whoever shows no token. */
public enum AclDefault {
    /** All but what only a token can allow: tokens and policies, keys, secrets. */
    ALLOW,
    /** Nothing, unless an operator made a token for those who show none. */
    DENY
}
