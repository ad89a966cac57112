package io.rollcall.statemachine.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.api.model.ConfigKey;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.statemachine.state.AppliedPosition;
import io.rollcall.statemachine.state.ConfigVersionKey;
import io.rollcall.statemachine.state.EventMark;
import io.rollcall.statemachine.state.EventRecord;
import io.rollcall.statemachine.state.Mutation;
import io.rollcall.statemachine.state.StateReader;
import io.rollcall.statemachine.store.RegistryStore.Transaction;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store on disk against the one in memory: the same random entries must come to the same state, whatever happens. */
final class RandomMutationsIT {

    private static final int ENTRIES = 400;
    private static final int MUTATIONS_PER_ENTRY = 12;
    private static final int EVENTS_PER_ENTRY = MUTATIONS_PER_ENTRY;
    private static final int KEYS = 24;
    private static final int SERVICES = 3;

    @TempDir
    private Path folder;

    @Test
    void storesStayEqualOverRandomEntriesFlushesAndRestarts() {
        Random random = new Random(Seeds.next());
        RegistryStore memory = new InMemoryRegistryStore();
        RocksRegistryStore disk = StoreFiles.open(folder.resolve("db"));
        for (int entry = 1; entry <= ENTRIES; entry++) {
            applyToBoth(memory, disk, entry, random);
            switch (random.nextInt(20)) {
                case 0 -> disk.flush();
                case 1 -> {
                    disk.close();
                    disk = StoreFiles.open(folder.resolve("db"));
                }
                default -> assertThat(disk.digest()).isEqualTo(memory.digest());
            }
        }

        assertThat(disk.digest()).isEqualTo(memory.digest()).isEqualTo(disk.recomputeDigest());
        assertThat(RegistryStoreContract.instances(disk)).isEqualTo(RegistryStoreContract.instances(memory));
        assertThat(RegistryStoreContract.services(disk)).isEqualTo(RegistryStoreContract.services(memory));
        assertThat(RegistryStoreContract.leases(disk)).isEqualTo(RegistryStoreContract.leases(memory));
        assertThat(RegistryStoreContract.configs(disk)).isEqualTo(RegistryStoreContract.configs(memory));
        assertSameOld(memory.reader(), disk.reader(), Long.MAX_VALUE, 1_000);
        disk.close();
    }

    private static void applyToBoth(RegistryStore memory, RegistryStore disk, int entry, Random random) {
        try (Transaction first = memory.begin();
                Transaction second = disk.begin()) {
            for (int i = random.nextInt(MUTATIONS_PER_ENTRY); i >= 0; i--) {
                if (random.nextInt(4) == 0) {
                    assertSameOld(first, second, entry - random.nextInt(30), 1 + random.nextInt(5));
                    for (String id : first.requestsBefore(entry - 20, 3)) {
                        putToBoth(first, second, new Mutation.RemoveRequest(id));
                    }
                }
                putToBoth(first, second, mutation(entry, random));
                if (random.nextInt(3) == 0) {
                    putToBoth(first, second, eventOrRemoval(first, 1L + (entry - 1L) * EVENTS_PER_ENTRY + i, random));
                    assertThat(second.history()).isEqualTo(first.history());
                }
                InstanceKey any = key(random);
                assertThat(second.instance(any)).isEqualTo(first.instance(any));
                assertThat(second.tombstone(any)).isEqualTo(first.tombstone(any));
                assertThat(second.lease(any)).isEqualTo(first.lease(any));
                assertSameConfig(first, second, configVersion(random));
                String token = "t" + random.nextInt(4);
                assertThat(second.token(token)).isEqualTo(first.token(token));
                String policy = "p" + random.nextInt(4);
                assertThat(second.policy(policy)).isEqualTo(first.policy(policy));
                assertThat(second.service(any.service())).isEqualTo(first.service(any.service()));
            }
            // Now and then an entry comes to nothing.
            if (random.nextInt(10) > 0) {
                AppliedPosition position = Records.position((long) entry * EVENTS_PER_ENTRY);
                first.commit(position);
                second.commit(position);
            }
        }
    }

    private static void putToBoth(Transaction first, Transaction second, Mutation mutation) {
        first.put(mutation);
        second.put(mutation);
    }

    private static void assertSameOld(StateReader first, StateReader second, long before, int limit) {
        assertThat(second.requestsBefore(before, limit)).isEqualTo(first.requestsBefore(before, limit));
        assertThat(second.oldestEvents(limit)).isEqualTo(first.oldestEvents(limit));
        assertThat(second.tombstonesBefore(before, limit)).isEqualTo(first.tombstonesBefore(before, limit));
    }

    /** Events of an entry have indexes of its own, and none that its position is past. */
    private static Mutation eventOrRemoval(Transaction state, long index, Random random) {
        List<EventMark> oldest = state.oldestEvents(5);
        if (!oldest.isEmpty() && random.nextInt(3) == 0) {
            return replacement(state, oldest.get(random.nextInt(oldest.size())).index(), random);
        }
        int removable = Math.min(2, oldest.size());
        return removable > 0 && random.nextInt(3) == 0
                ? new Mutation.RemoveOldestEvents(removable)
                : new Mutation.PutEvent(Records.event(key(random), index));
    }

    private static Mutation replacement(Transaction state, long index, Random random) {
        EventRecord event = IntStream.range(0, SERVICES)
                .mapToObj(i -> state.event(Records.key("service-" + i, "i0").service(), index))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow();
        InstanceKey longer = Records.key("any", "i".repeat(1 + random.nextInt(20)));
        return new Mutation.ReplaceEvent(event.withBefore(Records.instance(longer, 1)));
    }

    private static Mutation mutation(int entry, Random random) {
        InstanceKey key = key(random);
        // Mostly of now, sometimes of the past, as no clock of a registry would have it.
        long time = random.nextInt(8) == 0 ? random.nextInt(entry) : entry;
        String request = "r" + random.nextInt(KEYS * 4);
        return switch (random.nextInt(15)) {
            case 0, 1 ->
                new Mutation.PutInstance(
                        random.nextBoolean() ? Records.instance(key, entry) : Records.owned(key, entry));
            case 2 -> new Mutation.RemoveInstance(key);
            case 3 -> new Mutation.PutTombstone(Records.tombstone(key, entry, time));
            case 4 -> new Mutation.RemoveTombstone(key);
            case 5 ->
                new Mutation.PutService(Records.service(key.service().name().value(), entry));
            case 6 -> new Mutation.PutRequest(Records.request(request, time));
            case 7 -> new Mutation.PutLease(Records.lease(key, entry));
            case 8 -> new Mutation.RemoveLease(key);
            case 9 -> {
                ConfigVersionKey version = configVersion(random);
                yield new Mutation.PutConfig(
                        Records.config(version.key(), version.version()), Records.configValue("v" + entry));
            }
            case 10 -> {
                ConfigVersionKey version = configVersion(random);
                yield new Mutation.PutConfig(Records.configDeletion(version.key(), version.version()), null);
            }
            case 11 -> new Mutation.RemoveConfigVersion(configVersion(random));
            case 12 ->
                random.nextBoolean()
                        ? new Mutation.PutToken(Records.token("t" + random.nextInt(4), entry))
                        : new Mutation.RemoveToken("t" + random.nextInt(4));
            case 13 ->
                random.nextBoolean()
                        ? new Mutation.PutPolicy(Records.policy("p" + random.nextInt(4), entry))
                        : new Mutation.RemovePolicy("p" + random.nextInt(4));
            default -> new Mutation.RemoveRequest(request);
        };
    }

    private static void assertSameConfig(StateReader first, StateReader second, ConfigVersionKey any) {
        assertThat(second.config(any.key())).isEqualTo(first.config(any.key()));
        assertThat(second.configVersion(any)).isEqualTo(first.configVersion(any));
        assertThat(second.configValue(any)).isEqualTo(first.configValue(any));
    }

    private static ConfigVersionKey configVersion(Random random) {
        return new ConfigVersionKey(ConfigKey.of("default", "a/" + random.nextInt(4)), 1 + random.nextInt(4));
    }

    private static InstanceKey key(Random random) {
        return Records.key("service-" + random.nextInt(SERVICES), "i" + random.nextInt(KEYS));
    }
}
