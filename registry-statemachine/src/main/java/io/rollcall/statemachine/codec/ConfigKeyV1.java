package io.rollcall.statemachine.codec;

import io.rollcall.api.model.ConfigKey;

/** The key of a configuration value, version 1; part of log and store. */
record ConfigKeyV1(String namespace, String path) {

    static ConfigKeyV1 of(ConfigKey key) {
        return new ConfigKeyV1(key.namespace().value(), key.path());
    }

    ConfigKey thaw() {
        return ConfigKey.of(namespace, path);
    }
}
