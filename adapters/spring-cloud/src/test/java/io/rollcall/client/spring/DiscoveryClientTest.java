package io.rollcall.client.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.rollcall.client.RegistryClient;
import io.rollcall.client.directory.DirectoryOptions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.NonBlocking;
import reactor.core.scheduler.Schedulers;

/** Discovery while the registry says nothing; with one that answers, see the integration tests. */
final class DiscoveryClientTest {

    private static final Duration FIRST_CALL = Duration.ofMillis(200);

    private SilentRegistry registry;
    private RegistryClient client;
    private KnownInstances instances;
    private ServiceNames names;

    @BeforeEach
    void open() throws Exception {
        registry = new SilentRegistry();
        client = RegistryClient.builder()
                .server(registry.url())
                .deadline(Duration.ofMillis(300))
                .build();
        instances = new KnownInstances(
                client, client.directory(DirectoryOptions.defaults().withFirstCallTimeout(FIRST_CALL)));
        names = new ServiceNames(client, Duration.ofSeconds(10), () -> {});
    }

    @AfterEach
    void close() throws Exception {
        names.close();
        client.close();
        registry.close();
    }

    @Test
    void whatIsNotKnownIsNoEmptyList() {
        var blocking = new RollcallDiscoveryClient(instances, names, 0);

        assertThatExceptionOfType(InstancesUnknownException.class)
                .isThrownBy(() -> blocking.getInstances("orders"))
                .withMessageContaining("default/orders");
        assertThatIllegalStateException().isThrownBy(blocking::getServices);
    }

    @Test
    void whatNoServiceCanBeCalledHasNoInstances() {
        assertThat(new RollcallDiscoveryClient(instances, names, 0).getInstances("no such name"))
                .isEmpty();
        assertThat(new RollcallReactiveDiscoveryClient(instances, names, 0)
                        .getInstances("no such name")
                        .collectList()
                        .block())
                .isEmpty();
    }

    @Test
    void aThreadThatMustNotWaitDoesNot() {
        var reactive = new RollcallReactiveDiscoveryClient(instances, names, 0);
        var longest = new CompletableFuture<Long>();
        var thread = new AtomicReference<Thread>();
        var ended = new CompletableFuture<Throwable>();

        Schedulers.parallel().schedule(() -> {
            long begun = System.nanoTime();
            reactive.getInstances("orders").subscribe(instance -> {}, cause -> {
                thread.set(Thread.currentThread());
                ended.complete(cause);
            });
            reactive.getServices().subscribe(name -> {}, cause -> {});
            longest.complete(System.nanoTime() - begun);
        });

        assertThat(longest)
                .succeedsWithin(5, TimeUnit.SECONDS)
                .satisfies(nanos -> assertThat(nanos).isLessThan(FIRST_CALL.toNanos()));
        assertThat(ended).succeedsWithin(5, TimeUnit.SECONDS).isInstanceOf(InstancesUnknownException.class);
        // Not the directory's thread, which everybody's news come by.
        assertThat(thread.get()).isInstanceOf(NonBlocking.class);
    }

    @Test
    void thoseWhoWaitForNamesAreToldWhenTheApplicationEnds() {
        var waiting = names.names();

        names.close();

        assertThat(waiting).failsWithin(5, TimeUnit.SECONDS);
    }
}
