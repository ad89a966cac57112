package io.rollcall.server.raft;

import io.rollcall.api.model.ConfigEntry;
import io.rollcall.api.model.ConfigKey;
import io.rollcall.api.model.ConfigValue;
import io.rollcall.server.app.ConfigStore;
import io.rollcall.statemachine.ratis.RegistryStateMachine;
import io.rollcall.statemachine.state.ConfigRecord;
import io.rollcall.statemachine.state.ConfigVersionKey;
import io.rollcall.statemachine.state.StateReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The configuration that this member's state machine has committed. */
final class StoredConfig implements ConfigStore {

    private final RegistryStateMachine stateMachine;

    StoredConfig(RegistryStateMachine stateMachine) {
        this.stateMachine = stateMachine;
    }

    @Override
    public @Nullable ConfigEntry version(ConfigKey key, long version) {
        return read(state -> Optional.ofNullable(state.configVersion(new ConfigVersionKey(key, version))))
                .map(ConfigRecord::toEntry)
                .orElse(null);
    }

    @Override
    public List<ConfigEntry> versions(ConfigKey key, long newest) {
        return read(state -> {
            List<ConfigEntry> versions = new ArrayList<>();
            for (long version = newest; version > 0; version--) {
                ConfigRecord kept = state.configVersion(new ConfigVersionKey(key, version));
                if (kept == null) {
                    break;
                }
                versions.add(kept.toEntry());
            }
            return versions;
        });
    }

    @Override
    public @Nullable ConfigValue value(ConfigKey key, long version) {
        return read(state -> Optional.ofNullable(state.configValue(new ConfigVersionKey(key, version))))
                .orElse(null);
    }

    @Override
    public long bytes() {
        return read(state -> state.configTotals().bytes());
    }

    @Override
    public boolean remembers(String requestId) {
        return read(state -> state.request(requestId) != null);
    }

    private <R> R read(Function<StateReader, R> question) {
        return stateMachine.read(question).orElseThrow(BeingReplacedException::new);
    }
}
