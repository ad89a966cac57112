package io.rollcall.statemachine.store;

import static io.rollcall.statemachine.store.Records.config;
import static io.rollcall.statemachine.store.Records.configDeletion;
import static io.rollcall.statemachine.store.Records.configValue;
import static io.rollcall.statemachine.store.Records.key;
import static io.rollcall.statemachine.store.RegistryStoreContract.commit;
import static io.rollcall.statemachine.store.RegistryStoreContract.configs;
import static io.rollcall.statemachine.store.RegistryStoreContract.position;
import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.api.model.ConfigKey;
import io.rollcall.statemachine.state.ConfigFloor;
import io.rollcall.statemachine.state.ConfigRecord;
import io.rollcall.statemachine.state.ConfigTotals;
import io.rollcall.statemachine.state.ConfigVersionKey;
import io.rollcall.statemachine.state.Mutation;
import io.rollcall.statemachine.state.Mutation.PutConfig;
import io.rollcall.statemachine.state.Mutation.PutConfigFloor;
import io.rollcall.statemachine.state.Mutation.PutConfigTotals;
import io.rollcall.statemachine.state.Mutation.RemoveConfig;
import io.rollcall.statemachine.state.Mutation.RemoveConfigVersion;
import io.rollcall.statemachine.state.StateReader;
import io.rollcall.statemachine.store.RegistryStore.Transaction;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every store promises of configuration. */
interface ConfigStoreContract {

    /** The store of the test, empty at first. */
    RegistryStore store() throws Exception;

    /** An empty store besides it. */
    RegistryStore another() throws Exception;

    @Test
    default void newestConfigIsReadBackWithItsVersionsAndTheirValues() throws Exception {
        ConfigKey key = ConfigKey.of("default", "orders/db.url");

        commit(store(), 1, new PutConfig(config(key, 1), configValue("a")));
        commit(store(), 2, new PutConfig(config(key, 2), configValue("b")));
        commit(store(), 3, new PutConfig(configDeletion(key, 3), null));

        StateReader reader = store().reader();
        assertThat(reader.config(key)).isEqualTo(configDeletion(key, 3));
        assertThat(reader.configVersion(new ConfigVersionKey(key, 1))).isEqualTo(config(key, 1));
        assertThat(reader.configVersion(new ConfigVersionKey(key, 3))).isEqualTo(configDeletion(key, 3));
        assertThat(reader.configVersion(new ConfigVersionKey(key, 4))).isNull();
        assertThat(reader.configValue(new ConfigVersionKey(key, 2))).isEqualTo(configValue("b"));
        assertThat(reader.configValue(new ConfigVersionKey(key, 3))).isNull();
        assertThat(configs(store())).containsExactly(configDeletion(key, 3));
    }

    @Test
    default void removedConfigVersionIsGoneWithItsValue() throws Exception {
        ConfigKey key = ConfigKey.of("default", "orders/db.url");
        RegistryStore never = another();
        commit(store(), 1, new PutConfig(config(key, 1), configValue("a")));
        commit(store(), 2, new PutConfig(config(key, 2), configValue("b")));
        commit(never, 2, new PutConfig(config(key, 2), configValue("b")));
        assertThat(store().digest()).isNotEqualTo(never.digest());

        try (Transaction transaction = store().begin()) {
            transaction.put(new RemoveConfigVersion(new ConfigVersionKey(key, 1)));
            assertThat(transaction.configVersion(new ConfigVersionKey(key, 1))).isNull();
            assertThat(transaction.configValue(new ConfigVersionKey(key, 1))).isNull();
            assertThat(store().reader().configValue(new ConfigVersionKey(key, 1)))
                    .isEqualTo(configValue("a"));
            transaction.commit(position(2));
        }

        assertThat(store().reader().configVersion(new ConfigVersionKey(key, 1))).isNull();
        assertThat(store().reader().configValue(new ConfigVersionKey(key, 1))).isNull();
        assertThat(store().reader().config(key)).isEqualTo(config(key, 2));
        assertThat(store().digest()).isEqualTo(never.digest());
    }

    @Test
    default void valueOfAConfigVersionCountsInTheDigest() throws Exception {
        ConfigKey key = ConfigKey.of("default", "a");
        RegistryStore other = another();
        commit(store(), 1, new PutConfig(config(key, 1), configValue("ab")));
        commit(other, 1, new PutConfig(config(key, 1), configValue("ac")));

        assertThat(store().digest()).isNotEqualTo(other.digest());
    }

    @Test
    default void configsComeInTheOrderOfTheirKeysAndNoVersionOfOneIsAnothers() throws Exception {
        List<ConfigKey> keys = List.of(
                ConfigKey.of("a", "b"),
                ConfigKey.of("a", "b-c"),
                ConfigKey.of("a", "b/c"),
                ConfigKey.of("a", "b0"),
                ConfigKey.of("a-b", "a"));
        List<Mutation> puts = new ArrayList<>();
        keys.forEach(key -> puts.add(0, new PutConfig(config(key, 300), configValue(key.path()))));

        commit(store(), 1, puts.toArray(Mutation[]::new));

        assertThat(configs(store())).extracting(ConfigRecord::key).containsExactlyElementsOf(keys);
        assertThat(keys)
                .allSatisfy(key -> assertThat(store().reader().configValue(new ConfigVersionKey(key, 300)))
                        .isEqualTo(configValue(key.path())));
    }

    @Test
    default void forgottenConfigKeyLeavesTotalsAndFloorOfItsNamespace() throws Exception {
        ConfigKey key = ConfigKey.of("default", "a");
        ConfigFloor floor = new ConfigFloor(key.namespace(), 7);
        RegistryStore never = another();
        assertThat(store().reader().configTotals()).isEqualTo(ConfigTotals.EMPTY);
        assertThat(store().reader().configFloor(key.namespace())).isNull();
        commit(store(), 1, new PutConfig(configDeletion(key, 1), null), new PutConfigTotals(new ConfigTotals(1, 256)));

        commit(
                store(),
                2,
                new RemoveConfigVersion(new ConfigVersionKey(key, 1)),
                new RemoveConfig(key),
                new PutConfigTotals(ConfigTotals.EMPTY),
                new PutConfigFloor(floor));
        commit(never, 2, new PutConfigTotals(ConfigTotals.EMPTY), new PutConfigFloor(floor));

        assertThat(configs(store())).isEmpty();
        assertThat(store().reader().configTotals()).isEqualTo(ConfigTotals.EMPTY);
        assertThat(store().reader().configFloor(key.namespace())).isEqualTo(floor);
        List<ConfigFloor> floors = new ArrayList<>();
        store().forEachConfigFloor(floors::add);
        assertThat(floors).containsExactly(floor);
        assertThat(store().digest()).isEqualTo(never.digest());
    }
}
