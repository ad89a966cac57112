package io.rollcall.statemachine.store;

import io.rollcall.api.model.AccessPolicy;
import io.rollcall.api.model.ConfigKey;
import io.rollcall.api.model.ConfigValue;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.Namespace;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.statemachine.codec.StateCodec;
import io.rollcall.statemachine.codec.UndecodableException;
import io.rollcall.statemachine.state.ClusterRecord;
import io.rollcall.statemachine.state.ConfigFloor;
import io.rollcall.statemachine.state.ConfigRecord;
import io.rollcall.statemachine.state.ConfigTotals;
import io.rollcall.statemachine.state.ConfigVersionKey;
import io.rollcall.statemachine.state.HistoryRecord;
import io.rollcall.statemachine.state.InstanceRecord;
import io.rollcall.statemachine.state.KeysetRecord;
import io.rollcall.statemachine.state.LeaseRecord;
import io.rollcall.statemachine.state.RequestRecord;
import io.rollcall.statemachine.state.ServiceRecord;
import io.rollcall.statemachine.state.TokenRecord;
import io.rollcall.statemachine.state.TombstoneRecord;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * One kind of record in its column family.
 *
 * @param family where it lies
 * @param codec its values as bytes
 * @param toBytes its keys as bytes
 * @param index by time, if it has one
 * @param <K> its keys
 * @param <V> its values
 */
record Table<K, V>(
        ColumnFamily family,
        StateCodec<V> codec,
        Function<K, byte[]> toBytes,
        @Nullable TimeIndex<K, V> index) {

    static final Table<InstanceKey, InstanceRecord> INSTANCES =
            new Table<>(ColumnFamily.INSTANCES, StateCodec.INSTANCE, Keys::instance, null);

    static final Table<InstanceKey, TombstoneRecord> TOMBSTONES = new Table<>(
            ColumnFamily.TOMBSTONES,
            StateCodec.TOMBSTONE,
            Keys::instance,
            new TimeIndex<>(ColumnFamily.TOMBSTONE_TIMES, TombstoneRecord::removedAtMillis, Keys::instance));

    static final Table<ServiceKey, ServiceRecord> SERVICES =
            new Table<>(ColumnFamily.SERVICES, StateCodec.SERVICE, Keys::service, null);

    static final Table<String, RequestRecord> REQUESTS = new Table<>(
            ColumnFamily.REQUESTS,
            StateCodec.REQUEST,
            Keys::text,
            new TimeIndex<>(ColumnFamily.REQUEST_TIMES, RequestRecord::appliedAtMillis, Keys::text));

    static final Table<InstanceKey, LeaseRecord> LEASES =
            new Table<>(ColumnFamily.LEASES, StateCodec.LEASE, Keys::instance, null);

    static final Table<ConfigKey, ConfigRecord> CONFIG =
            new Table<>(ColumnFamily.CONFIG, StateCodec.CONFIG, Keys::config, null);

    static final Table<ConfigVersionKey, ConfigRecord> CONFIG_VERSIONS =
            new Table<>(ColumnFamily.CONFIG_VERSIONS, StateCodec.CONFIG, Keys::configVersion, null);

    static final Table<ConfigVersionKey, ConfigValue> CONFIG_VALUES =
            new Table<>(ColumnFamily.CONFIG_VALUES, StateCodec.CONFIG_VALUE, Keys::configVersion, null);

    /** Its one key is {@link #CONFIG_TOTALS_KEY}. */
    static final Table<String, ConfigTotals> CONFIG_TOTALS =
            new Table<>(ColumnFamily.CONFIG_TOTALS, StateCodec.CONFIG_TOTALS, Keys::text, null);

    /** The key of the one record of what the configuration takes. */
    static final String CONFIG_TOTALS_KEY = "totals";

    static final Table<Namespace, ConfigFloor> CONFIG_FLOORS =
            new Table<>(ColumnFamily.CONFIG_FLOORS, StateCodec.CONFIG_FLOOR, Keys::namespace, null);

    static final Table<String, AccessPolicy> POLICIES =
            new Table<>(ColumnFamily.POLICIES, StateCodec.POLICY, Keys::text, null);

    static final Table<String, TokenRecord> TOKENS =
            new Table<>(ColumnFamily.TOKENS, StateCodec.TOKEN, Keys::text, null);

    /** Its one key is {@link #CLUSTER_KEY}. */
    static final Table<String, ClusterRecord> CLUSTER =
            new Table<>(ColumnFamily.CLUSTER, StateCodec.CLUSTER, Keys::text, null);

    /** The key of the one record of the cluster. */
    static final String CLUSTER_KEY = "cluster";

    /** Its one key is {@link #HISTORY_KEY}. */
    static final Table<String, HistoryRecord> HISTORY =
            new Table<>(ColumnFamily.HISTORY, StateCodec.HISTORY, Keys::text, null);

    /** The key of the one record of the history. */
    static final String HISTORY_KEY = "history";

    /** Its one key is {@link #KEYSET_KEY}. */
    static final Table<String, KeysetRecord> KEYSET =
            new Table<>(ColumnFamily.KEYSET, StateCodec.KEYSET, Keys::text, null);

    /** The key of the one record of the keys. */
    static final String KEYSET_KEY = "keyset";

    /**
     * Finds records by time. An entry's key is time and key, its value the record's share of the state hash, so that old
     * records are forgotten without being read.
     *
     * @param family where it lies
     * @param millisOf the time of a record, milliseconds since 1970
     * @param parse its keys from bytes
     * @param <K> keys of the records
     * @param <V> the records
     */
    record TimeIndex<K, V>(ColumnFamily family, ToLongFunction<V> millisOf, Function<byte[], K> parse) {}

    TimeIndex<K, V> requireIndex() {
        if (index == null) {
            throw new IllegalStateException("table " + family.familyName() + " has no index by time");
        }
        return index;
    }

    V decode(byte[] key, byte[] value) {
        try {
            return codec.decode(value);
        } catch (UndecodableException e) {
            throw new StoreException(
                    "'" + Keys.text(key).replace('\0', '/') + "' of " + family.familyName() + " cannot be read", e);
        }
    }
}
