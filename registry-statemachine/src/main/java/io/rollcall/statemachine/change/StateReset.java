package io.rollcall.statemachine.change;

import io.rollcall.api.model.AccessPolicy;
import io.rollcall.api.model.AccessToken;
import io.rollcall.api.model.ConfigEntry;
import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceStatus;
import io.rollcall.api.model.Namespace;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.statemachine.change.RegistryChange.LeaseMarked;
import io.rollcall.statemachine.state.KeysetRecord;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/** The whole state, for a sink that starts over. Valid only while the sink is being called. */
public interface StateReset {

    /**
     * Returns how far the state has come.
     *
     * @return a batch without instance changes; it holds the cluster's change if the cluster was founded
     */
    ChangeBatch position();

    /**
     * Returns the keys that secrets are sealed with.
     *
     * @return null if nothing is sealed
     */
    @Nullable
    KeysetRecord keyset();

    /**
     * Goes through all services, also those without instances, in the order of their keys.
     *
     * @param consumer takes the key and the last change index of each status
     */
    void forEachService(BiConsumer<ServiceKey, Map<InstanceStatus, Long>> consumer);

    /**
     * Goes through all instances in the order of their keys.
     *
     * @param consumer takes each
     */
    void forEachInstance(Consumer<Instance> consumer);

    /**
     * Goes through all lease marks in the order of their keys; each is of an instance that is registered.
     *
     * @param consumer takes each, as a change that carries the index of {@link #position}
     */
    void forEachLease(Consumer<LeaseMarked> consumer);

    /**
     * Goes through the newest versions of all configuration keys in the order of the keys; of deleted keys, too.
     *
     * @param consumer takes each
     */
    void forEachConfig(Consumer<ConfigEntry> consumer);

    /**
     * Goes through the namespaces whose deleted configuration keys were forgotten in part, in their order.
     *
     * @param consumer takes each, and the newest index that any of these keys had
     */
    void forEachConfigFloor(ObjLongConsumer<Namespace> consumer);

    /**
     * Goes through all policies in the order of their names.
     *
     * @param consumer takes each
     */
    void forEachPolicy(Consumer<AccessPolicy> consumer);

    /**
     * Goes through all tokens in the order of their ids, also through those that expired.
     *
     * @param consumer takes each, and the SHA-256 of its secret, hexadecimal; empty for one without
     */
    void forEachToken(BiConsumer<AccessToken, String> consumer);
}
