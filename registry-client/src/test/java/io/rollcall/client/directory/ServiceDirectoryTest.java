package io.rollcall.client.directory;

import static io.rollcall.client.directory.Known.ORDERS;
import static io.rollcall.client.directory.Known.ids;
import static io.rollcall.client.fake.FakeNode.answer;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.rollcall.api.model.Instance;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.client.RegistryClient;
import io.rollcall.client.fake.FakeNode;
import io.rollcall.client.fake.FakeProxy;
import io.rollcall.client.fake.FakeWatchNode;
import io.rollcall.client.fake.Samples;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A directory over real HTTP. */
final class ServiceDirectoryTest {

    private static final ServiceKey USERS = ServiceKey.of("default", "users");
    private static final String NOBODY = "http://127.0.0.1:1";
    private static final DirectoryOptions OPTIONS = DirectoryOptions.defaults()
            .withSyncInterval(Duration.ofSeconds(20))
            .withFirstCallTimeout(Duration.ofSeconds(20));

    @TempDir
    Path folder;

    private final FakeWatchNode node = new FakeWatchNode();
    private RegistryClient client;
    private ServiceDirectory directory;

    @AfterEach
    void close() {
        if (client != null) {
            client.close();
        }
        node.close();
    }

    private ServiceDirectory open(DirectoryOptions options, String url) {
        // A stream that is given up takes with it what the fake node has sent.
        return open(options, url, Duration.ofSeconds(20));
    }

    private ServiceDirectory open(DirectoryOptions options, String url, Duration attemptTimeout) {
        if (client != null) {
            client.close();
        }
        client = RegistryClient.builder()
                .server(url)
                .attemptTimeout(attemptTimeout)
                .deadline(Duration.ofSeconds(1))
                .backoff(Duration.ofMillis(5), Duration.ofMillis(50))
                .build();
        directory = client.directory(options);
        return directory;
    }

    private static FakeNode.Line discovery(long index, String... ids) {
        return answer(
                200,
                Samples.discovery(ids).replace("\"index\":7", "\"index\":" + index),
                "Registry-Index",
                "" + index,
                "Registry-Applied",
                "" + index,
                "Registry-Data-Age",
                "3");
    }

    private static void eventually(ThrowingRunnable assertion) {
        await().atMost(10, SECONDS).untilAsserted(assertion);
    }

    @Test
    void firstCallWaitsForTheRegistryAndLaterOnesSeeEachChange() {
        open(OPTIONS, node.url());
        node.snapshot("orders", 5, Samples.json("o-1"));

        var view = directory.view(ORDERS);

        assertThat(ids(view)).containsExactly("o-1");
        assertThat(view.source()).isEqualTo(ViewSource.WATCH);
        assertThat(directory.require(ORDERS).index()).isEqualTo(5);
        node.change("orders", 5, 8, Samples.json("o-2"));
        eventually(() -> assertThat(ids(directory.view(ORDERS))).containsExactly("o-1", "o-2"));
        node.change("orders", 8, 9, 9, List.of(), "o-1").change("orders", 9, 10, 10, List.of(), "o-2");
        eventually(() -> assertThat(directory.view(ORDERS).instances()).isEmpty());
        assertThat(directory.mode()).isEqualTo(DirectoryMode.WATCH);
        assertThat(directory.health().isReachable()).isTrue();
        assertThat(directory.health().lastHeard()).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void changeIsAcknowledgedOnceTheListenersWereTold() {
        var told = new CopyOnWriteArrayList<String>();
        open(OPTIONS, node.url());
        directory.addListener((service, before, after) -> {
            assertThat(node.acknowledged()).isEmpty();
            told.add(Thread.currentThread().getName() + " " + ids(before) + ids(after));
        });
        directory.service(ORDERS);
        node.snapshot("orders", 5, Samples.json("o-1"));

        eventually(() -> assertThat(node.acknowledged()).hasSize(1));
        assertThat(told).containsExactly("rollcall-directory [][o-1]");
    }

    @Test
    void handleIsASupplierWhoseListKeepsItsReference() {
        open(OPTIONS, node.url());
        var handle = directory.service(ORDERS);
        assertThat(handle.instances()).isEmpty();
        node.snapshot("orders", 5, Samples.json("o-1"));
        eventually(() -> assertThat(handle.instances()).hasSize(1));
        Supplier<List<Instance>> supplier = handle::instances;
        var before = supplier.get();

        node.sync(30);
        eventually(() -> assertThat(node.acknowledged().toString()).contains("30"));

        assertThat(supplier.get()).isSameAs(before);
        assertThat(directory.service(ORDERS)).isSameAs(handle);
    }

    @Test
    void firstCallEndsInTimeAndSaysThatNothingIsKnown() {
        open(OPTIONS.withFirstCallTimeout(Duration.ofMillis(100)), NOBODY);

        assertThat(directory.view(ORDERS).isKnown()).isFalse();
        assertThat(directory.viewNow(ORDERS).age()).isEqualTo(ServiceView.NEVER);
        assertThat(directory.viewAsync(ORDERS))
                .succeedsWithin(10, SECONDS)
                .satisfies(view -> assertThat(view.isKnown()).isFalse());
        assertThatThrownBy(() -> directory.require(ORDERS))
                .isInstanceOf(StaleDataException.class)
                .hasMessageContaining("default/orders: nothing is known");
        assertThat(directory.warmUp(List.of(ORDERS, USERS), Duration.ofMillis(50)))
                .containsExactly(ORDERS, USERS);
        eventually(() -> assertThat(directory.mode()).isEqualTo(DirectoryMode.OFFLINE));
        assertThat(directory.health().problem()).contains("127.0.0.1:1");
        assertThat(directory.health().unknown()).isEqualTo(2);
    }

    @Test
    void warmUpFollowsAllAtOnce() {
        open(OPTIONS, node.url());
        node.snapshot("orders", 5, Samples.json("o-1")).snapshot("users", 6);

        assertThat(directory.warmUp(List.of(ORDERS, USERS), Duration.ofSeconds(10)))
                .isEmpty();
        assertThat(node.asked()).hasSize(1);
    }

    @Test
    void startWithoutARegistryServesFromDiskWithItsAge() throws Exception {
        var options = OPTIONS.withCacheFolder(folder);
        open(options, node.url());
        node.snapshot("orders", 5, Samples.json("o-1"));
        directory.view(ORDERS);
        directory.close();
        try (var files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile)).hasSize(1);
        }

        open(options, NOBODY);
        var begun = System.nanoTime();
        var view = directory.view(ORDERS);
        var took = Duration.ofNanos(System.nanoTime() - begun);

        assertThat(ids(view)).containsExactly("o-1");
        assertThat(view.source()).isEqualTo(ViewSource.DISK);
        assertThat(view.age()).isBetween(Duration.ZERO, Duration.ofSeconds(20));
        assertThat(took).isLessThan(Duration.ofSeconds(1));
        assertThat(directory.count(DirectoryCount.DISK_LOADS)).isEqualTo(1);
    }

    @Test
    void clearedDirectoryLeavesNothingOnDisk() throws Exception {
        open(OPTIONS.withCacheFolder(folder), node.url());
        node.snapshot("orders", 5, Samples.json("o-1"));
        directory.view(ORDERS);
        eventually(() -> assertThat(directory.count(DirectoryCount.DISK_WRITES)).isEqualTo(1));

        directory.clearCache();

        assertThat(directory.viewNow(ORDERS).isKnown()).isFalse();
        eventually(() -> {
            try (var files = Files.walk(folder)) {
                assertThat(files.filter(Files::isRegularFile)).isEmpty();
            }
        });
        eventually(() -> assertThat(node.asked()).hasSize(2));
        node.snapshot("orders", 3);
        assertThat(directory.view(ORDERS).index()).isEqualTo(3);
        assertThat(directory.view(ORDERS).instances()).isEmpty();
    }

    @Test
    void whereAProxyCutsStreamsServicesAreReadUntilItDoesNot() {
        fallsBack(FakeProxy.Streams.CUT);
    }

    @Test
    void whereAProxyBuffersStreamsServicesAreReadUntilItDoesNot() {
        fallsBack(FakeProxy.Streams.BUFFER);
    }

    private void fallsBack(FakeProxy.Streams streams) {
        node.discovery = discovery(5, "o-1");
        try (var proxy = new FakeProxy(node.url())) {
            proxy.streams = streams;
            open(
                    DirectoryOptions.defaults()
                            .withSyncInterval(Duration.ofMillis(300))
                            .withPollInterval(Duration.ofMillis(300))
                            .withStreamRetryInterval(Duration.ofMillis(500))
                            .withFirstCallTimeout(Duration.ofSeconds(10)),
                    proxy.url(),
                    Duration.ofMillis(500));
            assertThat(ids(directory.view(ORDERS))).containsExactly("o-1");
            eventually(() -> assertThat(directory.mode()).isEqualTo(DirectoryMode.POLL));
            eventually(
                    () -> assertThat(directory.count(DirectoryCount.FALLBACKS)).isPositive());
            node.discovery = discovery(9, "o-1", "o-2");
            eventually(() -> assertThat(ids(directory.view(ORDERS))).containsExactly("o-1", "o-2"));
            assertThat(directory.view(ORDERS).source()).isEqualTo(ViewSource.POLL);

            proxy.streams = FakeProxy.Streams.PASS;
            eventually(() -> {
                node.snapshot("orders", 9, Samples.json("o-1"), Samples.json("o-2"));
                assertThat(directory.mode()).isEqualTo(DirectoryMode.WATCH);
            });
            client.close();
        }
    }

    @Test
    void closedDirectorySaysWhatItKnew() {
        open(OPTIONS, node.url());
        node.snapshot("orders", 5, Samples.json("o-1"));
        directory.view(ORDERS);

        client.close();

        assertThat(directory.mode()).isEqualTo(DirectoryMode.CLOSED);
        assertThat(ids(directory.view(ORDERS))).containsExactly("o-1");
        assertThat(directory.view(USERS).isKnown()).isFalse();
        directory.close();
    }

    @Test
    void directoryIsOfOneNamespaceAndOfSoManyServices() {
        open(OPTIONS.withMaxServices(1), node.url());
        directory.service(ORDERS);

        assertThatThrownBy(() -> directory.service(ServiceKey.of("blue", "orders")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("one namespace");
        assertThatThrownBy(() -> directory.view(USERS))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("maxServices");
        assertThatThrownBy(() -> OPTIONS.withMaxServices(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> OPTIONS.withPollInterval(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> EmptyListPolicy.keepFor(Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
