package io.rollcall.server.security.crypto;

import io.rollcall.api.model.AccessPolicy;
import io.rollcall.api.model.AccessToken;
import io.rollcall.api.model.ConfigEntry;
import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceStatus;
import io.rollcall.api.model.Namespace;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.statemachine.change.ChangeBatch;
import io.rollcall.statemachine.change.ChangeSink;
import io.rollcall.statemachine.change.RegistryChange;
import io.rollcall.statemachine.change.RegistryChange.ClusterChanged;
import io.rollcall.statemachine.change.RegistryChange.InstanceChanged;
import io.rollcall.statemachine.change.RegistryChange.InstanceRemoved;
import io.rollcall.statemachine.change.RegistryChange.KeysetChanged;
import io.rollcall.statemachine.change.RegistryChange.LeaseMarked;
import io.rollcall.statemachine.change.StateReset;
import io.rollcall.statemachine.state.KeysetRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Opens what was applied on its way to those who keep it in memory. They are told nothing of keys. For the thread that
 * applies the log.
 */
final class OpeningSink implements ChangeSink {

    private final Keyring keyring;
    private final ChangeSink next;

    OpeningSink(Keyring keyring, ChangeSink next) {
        this.keyring = keyring;
        this.next = next;
    }

    @Override
    public void changed(ChangeBatch batch) {
        next.changed(opened(batch));
    }

    private ChangeBatch opened(ChangeBatch batch) {
        List<RegistryChange> changes = new ArrayList<>(batch.changes().size());
        for (RegistryChange change : batch.changes()) {
            if (change instanceof KeysetChanged changed) {
                keyring.changed(changed.keyset());
            } else {
                changes.add(opened(change));
            }
        }
        return new ChangeBatch(batch.logIndex(), batch.registryIndex(), batch.clockMillis(), changes, batch.traces());
    }

    private RegistryChange opened(RegistryChange change) {
        if (change instanceof ClusterChanged changed) {
            keyring.belongsTo(changed.clusterId());
            return change;
        }
        if (keyring.record() == null) {
            return change;
        }
        if (change instanceof InstanceChanged changed) {
            Instance before = changed.before();
            Instance after = keyring.open(changed.after());
            return new InstanceChanged(changed.index(), before == null ? null : opened(before, changed, after), after);
        }
        if (change instanceof InstanceRemoved removed) {
            return new InstanceRemoved(removed.index(), keyring.open(removed.before()));
        }
        return change;
    }

    /** A verdict leaves the registration as it is, so it is opened once. */
    private Instance opened(Instance before, InstanceChanged changed, Instance after) {
        return before.registration().equals(changed.after().registration())
                ? before.with(after.registration())
                : keyring.open(before);
    }

    @Override
    public void reset(StateReset state) {
        state.position().changes().forEach(this::opened);
        KeysetRecord keyset = state.keyset();
        if (keyset != null) {
            keyring.changed(keyset);
        }
        next.reset(keyset == null ? state : new OpenedReset(state));
    }

    /** The whole state, opened. */
    private final class OpenedReset implements StateReset {

        private final StateReset state;

        private OpenedReset(StateReset state) {
            this.state = state;
        }

        @Override
        public ChangeBatch position() {
            return state.position();
        }

        @Override
        public @Nullable KeysetRecord keyset() {
            return state.keyset();
        }

        @Override
        public void forEachService(BiConsumer<ServiceKey, Map<InstanceStatus, Long>> consumer) {
            state.forEachService(consumer);
        }

        @Override
        public void forEachInstance(Consumer<Instance> consumer) {
            state.forEachInstance(instance -> consumer.accept(keyring.open(instance)));
        }

        @Override
        public void forEachLease(Consumer<LeaseMarked> consumer) {
            state.forEachLease(consumer);
        }

        @Override
        public void forEachConfig(Consumer<ConfigEntry> consumer) {
            state.forEachConfig(consumer);
        }

        @Override
        public void forEachPolicy(Consumer<AccessPolicy> consumer) {
            state.forEachPolicy(consumer);
        }

        @Override
        public void forEachToken(BiConsumer<AccessToken, String> consumer) {
            state.forEachToken(consumer);
        }

        @Override
        public void forEachConfigFloor(ObjLongConsumer<Namespace> consumer) {
            state.forEachConfigFloor(consumer);
        }
    }
}
