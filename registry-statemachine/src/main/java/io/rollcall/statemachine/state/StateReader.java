package io.rollcall.statemachine.state;

import io.rollcall.api.model.AccessPolicy;
import io.rollcall.api.model.ConfigKey;
import io.rollcall.api.model.ConfigValue;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.Namespace;
import io.rollcall.api.model.ServiceKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the rules may read: the state as of now, with the effects of earlier commands of the same entry. */
public interface StateReader {

    /**
     * Finds an instance.
     *
     * @param key which
     * @return null if it is not registered
     */
    @Nullable
    InstanceRecord instance(InstanceKey key);

    /**
     * Finds what is left of a removed instance.
     *
     * @param key which
     * @return null if it was never there, is there, or went long ago
     */
    @Nullable
    TombstoneRecord tombstone(InstanceKey key);

    /**
     * Finds a service.
     *
     * @param key which
     * @return null if it never had an instance
     */
    @Nullable
    ServiceRecord service(ServiceKey key);

    /**
     * Finds how the lease of an instance stood when it was last noted.
     *
     * @param key of the instance
     * @return null if it was not noted of the present incarnation, or nothing is registered
     */
    @Nullable
    LeaseRecord lease(InstanceKey key);

    /**
     * Finds a request that was applied.
     *
     * @param requestId its identity
     * @return null if it is not remembered
     */
    @Nullable
    RequestRecord request(String requestId);

    /**
     * Finds remembered requests that are old enough to be forgotten.
     *
     * @param beforeMillis replicated clock; those applied earlier are meant
     * @param limit at most so many
     * @return their identities, oldest first
     */
    List<String> requestsBefore(long beforeMillis, int limit);

    /**
     * Finds tombstones that are old enough to be forgotten.
     *
     * @param beforeMillis replicated clock; those of instances removed earlier are meant
     * @param limit at most so many
     * @return their keys, oldest first
     */
    List<InstanceKey> tombstonesBefore(long beforeMillis, int limit);

    /**
     * Returns how much of the history is kept.
     *
     * @return with the effects of earlier commands of the same entry
     */
    HistoryRecord history();

    /**
     * Finds the oldest events of the history. Those of the entry that is being applied are not among them.
     *
     * @param limit at most so many
     * @return in the order of their indexes
     */
    List<EventMark> oldestEvents(int limit);

    /**
     * Finds an event of the history. Those of the entry that is being applied are not found.
     *
     * @param service of its instance
     * @param index registry index of the change
     * @return null if there was none, or it is not kept any more
     */
    @Nullable
    EventRecord event(ServiceKey service, long index);

    /**
     * Returns the keys that secrets are sealed with.
     *
     * @return null if nothing is sealed
     */
    @Nullable
    KeysetRecord keyset();

    /**
     * Finds the newest version of a configuration key.
     *
     * @param key which
     * @return null if it was never there; a deletion if it was deleted
     */
    @Nullable
    ConfigRecord config(ConfigKey key);

    /**
     * Finds a version of a configuration key.
     *
     * @param key which
     * @return null if it was never there or is not kept any more
     */
    @Nullable
    ConfigRecord configVersion(ConfigVersionKey key);

    /**
     * Finds the value of a version of a configuration key.
     *
     * @param key which
     * @return null if the version is a deletion, was never there or is not kept any more
     */
    @Nullable
    ConfigValue configValue(ConfigVersionKey key);

    /**
     * Returns what the configuration takes in all.
     *
     * @return {@link ConfigTotals#EMPTY} if there never was any
     */
    ConfigTotals configTotals();

    /**
     * Finds what is left of the forgotten configuration keys of a namespace.
     *
     * @param namespace which
     * @return null if none was forgotten
     */
    @Nullable
    ConfigFloor configFloor(Namespace namespace);

    /**
     * Finds a policy.
     *
     * @param name which
     * @return null if it is not there
     */
    @Nullable
    AccessPolicy policy(String name);

    /**
     * Finds a token.
     *
     * @param id which
     * @return null if it is not there; one that expired may be
     */
    @Nullable
    TokenRecord token(String id);

    /**
     * Returns what the cluster knows of itself.
     *
     * @return {@link ClusterRecord#UNFOUNDED} before its founding
     */
    ClusterRecord cluster();

    /**
     * Returns how far the state has come.
     *
     * @return the position after the last whole entry
     */
    AppliedPosition applied();
}
