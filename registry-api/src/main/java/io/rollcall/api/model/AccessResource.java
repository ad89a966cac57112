package io.rollcall.api.model;

import java.util.Locale;

/** What a rule of a policy is about. */
public enum AccessResource {
    /** Services and their instances, by service name. */
    SERVICE,
    /** Configuration, by key. */
    CONFIG,
    /** Values of configuration that are marked secret, by key. */
    SECRET,
    /** Cluster, limits, logs; what concerns no single service. Has no names. */
    OPERATOR,
    /** Tokens and policies. Has no names. */
    ACL,
    /** Keys of the encryption at rest. Has no names. */
    KEYS;

    /**
     * Returns the word for it in JSON and in errors.
     *
     * @return lower case
     */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Tells whether rules of it are for names within a namespace.
     *
     * @return false if it is one for the whole cluster
     */
    public boolean isNamed() {
        return this == SERVICE || this == CONFIG || this == SECRET;
    }
}
