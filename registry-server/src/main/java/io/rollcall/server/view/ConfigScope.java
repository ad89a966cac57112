package io.rollcall.server.view;

import io.rollcall.api.model.ConfigKey;
import io.rollcall.api.model.Namespace;

/**
 * The keys that a reader of configuration asks for.
 *
 * @param namespace of the keys
 * @param text a path, or what paths begin with
 * @param isPrefix whether it is the latter; empty for all keys of the namespace
 */
public record ConfigScope(Namespace namespace, String text, boolean isPrefix) {

    /**
     * One key.
     *
     * @param key which
     * @return the scope
     */
    public static ConfigScope of(ConfigKey key) {
        return new ConfigScope(key.namespace(), key.path(), false);
    }

    /**
     * All keys that begin alike.
     *
     * @param namespace of the keys
     * @param prefix what their paths begin with; empty for all
     * @return the scope
     */
    public static ConfigScope prefix(Namespace namespace, String prefix) {
        return new ConfigScope(namespace, prefix, true);
    }

    /**
     * Tells whether a key is one of them.
     *
     * @param key any
     * @return whether it is
     */
    public boolean holds(ConfigKey key) {
        return namespace.equals(key.namespace())
                && (isPrefix ? key.path().startsWith(text) : key.path().equals(text));
    }
}
