package io.rollcall.statemachine.store;

import static io.rollcall.statemachine.store.Records.instance;
import static io.rollcall.statemachine.store.Records.key;
import static io.rollcall.statemachine.store.Records.request;
import static io.rollcall.statemachine.store.RegistryStoreContract.commit;
import static io.rollcall.statemachine.store.RegistryStoreContract.instances;
import static io.rollcall.statemachine.store.RegistryStoreContract.position;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.rollcall.api.model.InstanceKey;
import io.rollcall.statemachine.state.AppliedPosition;
import io.rollcall.statemachine.state.Mutation;
import io.rollcall.statemachine.state.Mutation.PutInstance;
import io.rollcall.statemachine.state.Mutation.PutRequest;
import io.rollcall.statemachine.state.Mutation.RemoveRequest;
import io.rollcall.statemachine.store.RegistryStore.Transaction;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the store owes to being on disk: it is durable, survives crashes, and lets go of native memory in order. */
final class RocksRegistryStoreIT {

    private static final InstanceKey A = key("orders", "a");
    private static final InstanceKey B = key("orders", "b");

    @TempDir
    private Path folder;

    @Test
    void closedStoreIsReopenedAsItWas() {
        Path db = folder.resolve("db");
        String digest;
        try (RocksRegistryStore store = StoreFiles.open(db)) {
            commit(store, 1, new PutInstance(instance(A, 1)), new PutRequest(request("r", 5)));
            digest = store.digest();
        }

        try (RocksRegistryStore store = StoreFiles.open(db)) {
            assertThat(store.reader().applied()).isEqualTo(position(1));
            assertThat(store.reader().instance(A)).isEqualTo(instance(A, 1));
            assertThat(store.reader().requestsBefore(6, 10)).containsExactly("r");
            assertThat(store.digest()).isEqualTo(digest).isEqualTo(store.recomputeDigest());
        }
    }

    @Test
    void crashLeavesTheLastFlushAndReplayClosesTheGap() {
        Mutation[] second = {new PutInstance(instance(B, 2)), new RemoveRequest("r"), new PutRequest(request("s", 7))};
        try (RocksRegistryStore store = StoreFiles.open(folder.resolve("db"))) {
            commit(store, 1, new PutInstance(instance(A, 1)), new PutRequest(request("r", 5)));
            store.flush();
            commit(store, 2, second);

            Path crashed = StoreFiles.copy(folder.resolve("db"), folder.resolve("crashed"));

            try (RocksRegistryStore restarted = StoreFiles.open(crashed)) {
                assertThat(restarted.reader().applied()).isEqualTo(position(1));
                assertThat(instances(restarted)).containsExactly(instance(A, 1));
                assertThat(restarted.reader().request("s")).isNull();
                assertThat(restarted.digest()).isEqualTo(restarted.recomputeDigest());
                commit(restarted, 2, second);
                assertThat(restarted.digest()).isEqualTo(store.digest());
            }
        }
    }

    @Test
    void crashBeforeTheFirstFlushLeavesAnEmptyStore() {
        try (RocksRegistryStore store = StoreFiles.open(folder.resolve("db"))) {
            commit(store, 1, new PutInstance(instance(A, 1)));

            Path crashed = StoreFiles.copy(folder.resolve("db"), folder.resolve("crashed"));

            try (RocksRegistryStore restarted = StoreFiles.open(crashed)) {
                assertThat(restarted.reader().applied()).isEqualTo(AppliedPosition.START);
                assertThat(instances(restarted)).isEmpty();
            }
        }
    }

    @Test
    void checkpointHoldsWhatWasCommittedAndNoMore() {
        try (RocksRegistryStore store = StoreFiles.open(folder.resolve("db"))) {
            commit(store, 1, new PutInstance(instance(A, 1)));
            String digest = store.digest();

            store.checkpoint(folder.resolve("checkpoint"));
            commit(store, 2, new PutInstance(instance(B, 2)));

            try (RocksRegistryStore copy = StoreFiles.open(folder.resolve("checkpoint"))) {
                assertThat(copy.reader().applied()).isEqualTo(position(1));
                assertThat(copy.digest()).isEqualTo(digest).isEqualTo(copy.recomputeDigest());
                assertThat(instances(copy)).containsExactly(instance(A, 1));
            }
        }
    }

    @Test
    void manyInstancesComeInOrderFromMemoryAndFiles() {
        int count = 100_000;
        List<Integer> numbers =
                new ArrayList<>(IntStream.range(0, count).boxed().toList());
        Collections.shuffle(numbers, new Random(Seeds.next()));
        try (RocksRegistryStore store = StoreFiles.open(folder.resolve("db"))) {
            for (int from = 0; from < count; from += 1_000) {
                List<Mutation> puts = new ArrayList<>();
                for (int number : numbers.subList(from, from + 1_000)) {
                    puts.add(new PutInstance(instance(key("service-" + number % 100, "instance-" + number), 1)));
                }
                commit(store, from + 1_000, puts.toArray(Mutation[]::new));
                if (from == count / 2) {
                    store.flush();
                }
            }
            List<InstanceKey> keys = new ArrayList<>(count);

            store.forEachInstance(found -> keys.add(found.key()));

            assertThat(keys).hasSize(count).doesNotHaveDuplicates().isSorted();
            assertThat(store.recomputeDigest()).isEqualTo(store.digest());
        }
    }

    @Test
    void forgettingGoesOnWhereItEndedAlsoAfterARestart() {
        Path db = folder.resolve("db");
        try (RocksRegistryStore store = StoreFiles.open(db)) {
            commit(
                    store,
                    1,
                    IntStream.range(0, 1_000)
                            .mapToObj(i -> new PutRequest(request("r" + i, i)))
                            .toArray(Mutation[]::new));
            for (int entry = 2; entry <= 5; entry++) {
                try (Transaction transaction = store.begin()) {
                    transaction.requestsBefore(400, 100).forEach(id -> transaction.put(new RemoveRequest(id)));
                    transaction.commit(position(entry));
                }
            }
        }

        try (RocksRegistryStore store = StoreFiles.open(db)) {
            assertThat(store.reader().requestsBefore(402, 100)).containsExactly("r400", "r401");
            assertThat(store.reader().request("r399")).isNull();
            commit(store, 6, new PutRequest(request("earlier", 3)));
            assertThat(store.reader().requestsBefore(401, 100)).containsExactly("earlier", "r400");
            assertThat(store.recomputeDigest()).isEqualTo(store.digest());
        }
    }

    @Test
    void closedStoreRefusesEveryCall() {
        RocksRegistryStore store = StoreFiles.open(folder.resolve("db"));
        commit(store, 1, new PutInstance(instance(A, 1)));
        Transaction transaction = store.begin();
        transaction.put(new PutInstance(instance(B, 2)));
        store.close();
        store.close();

        assertThatThrownBy(() -> store.reader().instance(A)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> store.forEachInstance(found -> {})).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> transaction.commit(position(2))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> store.checkpoint(folder.resolve("checkpoint")))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(store::flush).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void closeWaitsForReaders() throws Exception {
        RocksRegistryStore store = StoreFiles.open(folder.resolve("db"));
        commit(store, 1, new PutInstance(instance(A, 1)), new PutInstance(instance(B, 1)));
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        List<InstanceKey> read = new ArrayList<>();
        CompletableFuture<Void> reader = run(() -> store.forEachInstance(found -> {
            read.add(found.key());
            reading.countDown();
            awaitQuietly(goOn);
        }));
        reading.await();
        AtomicReference<Thread> closer = new AtomicReference<>();

        CompletableFuture<Void> closed = run(() -> {
            closer.set(Thread.currentThread());
            store.close();
        });

        Awaitility.await().until(() -> closer.get() != null && closer.get().getState() == Thread.State.WAITING);
        assertThat(closed).isNotDone();
        goOn.countDown();
        assertThat(closed).succeedsWithin(10, SECONDS);
        assertThat(reader).succeedsWithin(10, SECONDS);
        assertThat(read).containsExactly(A, B);
    }

    @Test
    void flushThatFailsEndsWriting() throws Exception {
        RocksRegistryStore store = StoreFiles.open(folder.resolve("db"));
        commit(store, 1, new PutInstance(instance(A, 1)));
        // Files that are open live on; new ones find no folder.
        Files.move(folder.resolve("db"), folder.resolve("moved"));

        assertThatThrownBy(store::flush).isInstanceOf(StoreException.class).hasMessageContaining("flush");

        assertThatThrownBy(() -> commit(store, 2, new PutInstance(instance(B, 2))))
                .isInstanceOf(StoreException.class);
        Files.move(folder.resolve("moved"), folder.resolve("db"));
        store.close();
    }

    @Test
    void damageThatACompactionMeetsIsTold() throws Exception {
        AtomicReference<StoreException> told = new AtomicReference<>();
        RocksRegistryStore store = RocksRegistryStore.open(folder.resolve("db"), told::set);
        int filesThatDoNotCompactYet = 3;
        for (int i = 1; i <= filesThatDoNotCompactYet; i++) {
            commit(store, i, new PutInstance(instance(A, i)), new PutInstance(instance(B, i)));
            store.flush();
        }
        overwriteTables(folder.resolve("db"));
        assertThatThrownBy(() -> store.reader().instance(A)).isInstanceOf(StoreException.class);
        commit(store, 4, new PutInstance(instance(key("orders", "another"), 4)));
        // The file too many starts the compaction; if that meets the damage while the flush still waits, both fail.
        Throwable flushed = catchThrowable(store::flush);

        assertThat(flushed)
                .satisfiesAnyOf(e -> assertThat(e).isNull(), e -> assertThat(e).isInstanceOf(StoreException.class));
        Awaitility.await().untilAsserted(() -> assertThat(told.get()).hasMessageContaining("in the background"));
        assertThatThrownBy(() -> commit(store, 5, new PutInstance(instance(B, 5))))
                .isInstanceOf(StoreException.class);
        store.close();
    }

    private static void overwriteTables(Path db) throws Exception {
        try (Stream<Path> files = Files.list(db)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".sst")).toList()) {
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    channel.write(ByteBuffer.allocate(32), 0);
                }
            }
        }
    }

    /** Runs a task on a thread of its own: the common pool may have but one. */
    private static CompletableFuture<Void> run(Runnable task) {
        return CompletableFuture.runAsync(task, command -> new Thread(command, "store-test").start());
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
