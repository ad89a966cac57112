package io.rollcall.server.security.crypto;

import io.rollcall.api.model.ConfigEntry;
import io.rollcall.api.model.ConfigKey;
import io.rollcall.api.model.ConfigValue;
import io.rollcall.server.app.ConfigStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Opens the values of configuration as they are read. Thread-safe. */
final class OpeningStore implements ConfigStore {

    private final ConfigStore store;
    private final Keyring keyring;

    OpeningStore(ConfigStore store, Keyring keyring) {
        this.store = store;
        this.keyring = keyring;
    }

    @Override
    public @Nullable ConfigEntry version(ConfigKey key, long version) {
        return store.version(key, version);
    }

    @Override
    public List<ConfigEntry> versions(ConfigKey key, long newest) {
        return store.versions(key, newest);
    }

    @Override
    public @Nullable ConfigValue value(ConfigKey key, long version) {
        ConfigValue value = store.value(key, version);
        return value == null ? null : keyring.open(key, value);
    }

    @Override
    public long bytes() {
        return store.bytes();
    }

    @Override
    public boolean remembers(String requestId) {
        return store.remembers(requestId);
    }
}
