package io.rollcall.statemachine.state;

import io.rollcall.api.model.AccessPolicy;
import io.rollcall.api.model.ConfigKey;
import io.rollcall.api.model.ConfigValue;
import io.rollcall.api.model.InstanceKey;
import org.jspecify.annotations.Nullable;

/** One write to the state, as a value: the rules say what changes, the store does it. */
public sealed interface Mutation {

    /**
     * Stores an instance.
     *
     * @param instance new or changed
     */
    record PutInstance(InstanceRecord instance) implements Mutation {}

    /**
     * Removes an instance.
     *
     * @param key which
     */
    record RemoveInstance(InstanceKey key) implements Mutation {}

    /**
     * Stores what is left of a removed instance.
     *
     * @param tombstone it
     */
    record PutTombstone(TombstoneRecord tombstone) implements Mutation {}

    /**
     * Forgets a removed instance.
     *
     * @param key which
     */
    record RemoveTombstone(InstanceKey key) implements Mutation {}

    /**
     * Stores a service.
     *
     * @param service new or changed
     */
    record PutService(ServiceRecord service) implements Mutation {}

    /**
     * Stores how a lease stands; its instance is registered.
     *
     * @param lease new or changed
     */
    record PutLease(LeaseRecord lease) implements Mutation {}

    /**
     * Forgets how a lease stood.
     *
     * @param key of its instance
     */
    record RemoveLease(InstanceKey key) implements Mutation {}

    /**
     * Adds to the history; no other event has its index, and none a higher one.
     *
     * @param event what happened
     */
    record PutEvent(EventRecord event) implements Mutation {}

    /**
     * Forgets the oldest events of the history.
     *
     * @param count how many; no more than {@link StateReader#oldestEvents} has
     */
    record RemoveOldestEvents(int count) implements Mutation {}

    /**
     * Puts an event in the place of the one of its index, which is kept; they differ in their seals alone.
     *
     * @param event it
     */
    record ReplaceEvent(EventRecord event) implements Mutation {}

    /**
     * Puts a value in the place of that of a version of a configuration key, which has one; they differ in their seals
     * alone.
     *
     * @param key which
     * @param value its value
     */
    record ReplaceConfigValue(ConfigVersionKey key, ConfigValue value) implements Mutation {}

    /**
     * Stores the keys that secrets are sealed with.
     *
     * @param keyset new or changed
     */
    record PutKeyset(KeysetRecord keyset) implements Mutation {}

    /**
     * Remembers a request; its id is not remembered yet.
     *
     * @param request it
     */
    record PutRequest(RequestRecord request) implements Mutation {}

    /**
     * Forgets a request.
     *
     * @param requestId which
     */
    record RemoveRequest(String requestId) implements Mutation {}

    /**
     * Stores what the cluster knows of itself.
     *
     * @param cluster changed
     */
    record PutCluster(ClusterRecord cluster) implements Mutation {}

    /**
     * Stores a version of a configuration key, which becomes the newest.
     *
     * @param config the version
     * @param value its value; null of a deletion
     */
    record PutConfig(ConfigRecord config, @Nullable ConfigValue value) implements Mutation {}

    /**
     * Forgets a version of a configuration key, and its value if it has one. It is not the newest, or the key goes as well.
     *
     * @param key which
     */
    record RemoveConfigVersion(ConfigVersionKey key) implements Mutation {}

    /**
     * Forgets a configuration key; its versions went before.
     *
     * @param key which
     */
    record RemoveConfig(ConfigKey key) implements Mutation {}

    /**
     * Stores what the configuration takes in all.
     *
     * @param totals changed
     */
    record PutConfigTotals(ConfigTotals totals) implements Mutation {}

    /**
     * Stores what is left of the forgotten keys of a namespace.
     *
     * @param floor new or higher
     */
    record PutConfigFloor(ConfigFloor floor) implements Mutation {}

    /**
     * Stores a policy.
     *
     * @param policy new or changed
     */
    record PutPolicy(AccessPolicy policy) implements Mutation {}

    /**
     * Forgets a policy.
     *
     * @param name which
     */
    record RemovePolicy(String name) implements Mutation {}

    /**
     * Stores a token.
     *
     * @param token new or changed
     */
    record PutToken(TokenRecord token) implements Mutation {}

    /**
     * Forgets a token.
     *
     * @param id which
     */
    record RemoveToken(String id) implements Mutation {}
}
