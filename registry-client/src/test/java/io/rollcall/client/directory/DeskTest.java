package io.rollcall.client.directory;

import static io.rollcall.client.directory.Known.ORDERS;
import static io.rollcall.client.directory.Known.ids;
import static io.rollcall.client.directory.Known.orders;
import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.api.model.ServiceKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The parts of a directory together, in the test's own thread and time. */
final class DeskTest {

    private final ManualLane lane = new ManualLane();
    private final SimulatedRegistry registry = new SimulatedRegistry(lane, new Random(1), 1);
    private final Counters counters = new Counters();
    private final Notices notices = new Notices(counters);
    private final List<String> told = new ArrayList<>();
    private DirectoryOptions options = DirectoryOptions.defaults();
    private Desk desk;

    private ServiceHandle follow(ServiceKey service) {
        if (desk == null) {
            desk = new Desk(new Desk.Parts(
                    options, registry, lane, Runnable::run, Runnable::run, aging(), notices, counters, null));
        }
        var handle = new ServiceHandle(service, aging());
        lane.run(() -> desk.follow(handle));
        return handle;
    }

    private Aging aging() {
        return new Aging(lane::nanos, options.maxStaleness(), options.staleAction() == StaleAction.REFUSE);
    }

    /** Time passes, and streams say what they have to say. */
    private void pass(Duration time) {
        var steps = time.toMillis() / 200;
        for (var i = 0; i < steps; i++) {
            lane.advance(Duration.ofMillis(200));
            registry.nodes.stream().filter(node -> node.isUp).forEach(registry::current);
            registry.deliver();
            if (i % 50 == 0) {
                registry.sync();
            }
            lane.run(desk::tick);
        }
    }

    private static ServiceKey service(int number) {
        return ServiceKey.of("default", "service-" + number);
    }

    @Test
    void hundredsOfServicesAskedForOneByOneTakeFewStreams() {
        var handles = new ArrayList<ServiceHandle>();
        var most = 0;
        for (var i = 0; i < 300; i++) {
            registry.put(service(i), List.of(Known.instance(service(i), "a", 1)));
            handles.add(follow(service(i)));
            pass(Duration.ofMillis(200));
            most = Math.max(most, registry.open());
        }
        assertThat(most).isLessThanOrEqualTo(10);

        pass(Duration.ofSeconds(30));

        assertThat(registry.open()).isEqualTo(2);
        assertThat(handles).allSatisfy(handle -> assertThat(handle.instances()).hasSize(1));
        assertThat(counters.of(DirectoryCount.CHANGES)).isEqualTo(300);
        assertThat(counters.of(DirectoryCount.MISMATCHES)).isZero();
    }

    @Test
    void servicesAskedForTogetherTakeOneStream() {
        for (var i = 0; i < 50; i++) {
            follow(service(i));
        }
        pass(Duration.ofSeconds(1));

        assertThat(registry.watches).isEqualTo(1);
    }

    @Test
    void streamsKeepToWhatARegistryAndAProxyTake() {
        var services = new ArrayList<ServiceKey>();
        for (var i = 0; i < 600; i++) {
            services.add(ServiceKey.of("default", "s" + i));
        }
        services.add(ServiceKey.of("default", "n".repeat(128)));
        var parts = Feeds.parts(services);

        assertThat(parts).hasSize(3).allSatisfy(part -> assertThat(part).hasSizeLessThanOrEqualTo(Feeds.SERVICES_MAX));
        assertThat(parts.stream().flatMap(List::stream)).containsExactlyElementsOf(services);
        assertThat(Feeds.parts(List.of())).isEmpty();
    }

    @Test
    void changesWhileAStreamIsTakenOverAreNotLost() {
        registry.put(ORDERS, orders("a"));
        var handle = follow(ORDERS);
        pass(Duration.ofSeconds(1));
        var other = follow(service(1));
        registry.letsStreamsThrough = false;
        registry.put(ORDERS, orders("a", "b"));
        pass(Duration.ofMillis(600));
        assertThat(registry.watches).isEqualTo(2);
        assertThat(ids(handle.view())).containsExactly("a", "b");
        assertThat(registry.open()).isEqualTo(2);

        registry.letsStreamsThrough = true;
        registry.put(ORDERS, orders("c"));
        pass(Duration.ofSeconds(1));

        assertThat(ids(handle.view())).containsExactly("c");
        assertThat(other.view().isKnown()).isTrue();
        assertThat(registry.open()).isEqualTo(1);
    }

    @Test
    void emptinessIsProvedByTheOldStreamWhileANewOneTakesOver() {
        registry.put(ORDERS, orders("a"));
        var handle = follow(ORDERS);
        pass(Duration.ofSeconds(1));
        follow(service(1));
        registry.put(ORDERS, List.of());
        lane.advance(Duration.ofMillis(15));
        registry.nodes.forEach(registry::current);

        registry.deliverNewestFirst();

        assertThat(handle.view().instances()).isEmpty();
        assertThat(counters.of(DirectoryCount.EMPTIES_KEPT)).isZero();
        pass(Duration.ofSeconds(11));
        assertThat(registry.open()).isEqualTo(1);
    }

    @Test
    void readFindsWhatAStreamHasLeftOut() {
        options = options.withReconcileInterval(Duration.ofSeconds(30));
        registry.put(ORDERS, orders("a"));
        var handle = follow(ORDERS);
        pass(Duration.ofSeconds(1));
        registry.lose();
        registry.put(ORDERS, orders("a", "b"));
        pass(Duration.ofSeconds(2));
        assertThat(ids(handle.view())).containsExactly("a");

        pass(Duration.ofSeconds(40));

        assertThat(ids(handle.view())).containsExactly("a", "b");
        assertThat(handle.view().source()).isEqualTo(ViewSource.WATCH);
        assertThat(counters.of(DirectoryCount.MISMATCHES)).isEqualTo(1);
        assertThat(registry.open()).isEqualTo(1);
    }

    @Test
    void readsThatFindWhatIsKnownChangeNothing() {
        options = options.withReconcileInterval(Duration.ofSeconds(30));
        registry.put(ORDERS, orders("a"));
        var handle = follow(ORDERS);
        pass(Duration.ofMinutes(5));

        assertThat(counters.of(DirectoryCount.RECONCILED)).isBetween(8L, 13L);
        assertThat(counters.of(DirectoryCount.READS)).isEqualTo(counters.of(DirectoryCount.RECONCILED));
        assertThat(counters.of(DirectoryCount.CHANGES)).isEqualTo(1);
        assertThat(counters.of(DirectoryCount.STREAMS)).isEqualTo(1);
        assertThat(handle.view().age()).isLessThan(Duration.ofSeconds(11));
    }

    @Test
    void whereNoStreamComesThroughServicesAreReadAndStreamsTriedNowAndThen() {
        registry.letsStreamsThrough = false;
        registry.put(ORDERS, orders("a"));
        var handle = follow(ORDERS);
        pass(Duration.ofSeconds(20));
        assertThat(ids(handle.view())).containsExactly("a");
        assertThat(handle.view().source()).isEqualTo(ViewSource.POLL);
        assertThat(desk.reachability().mode()).isEqualTo(DirectoryMode.POLL);
        assertThat(counters.of(DirectoryCount.FALLBACKS)).isEqualTo(1);
        assertThat(registry.open()).isZero();

        registry.put(ORDERS, orders("a", "b"));
        pass(Duration.ofSeconds(13));
        assertThat(ids(handle.view())).containsExactly("a", "b");

        pass(Duration.ofMinutes(30));
        assertThat(registry.watches).isBetween(4, 8);

        registry.letsStreamsThrough = true;
        pass(Duration.ofMinutes(11));
        assertThat(desk.reachability().mode()).isEqualTo(DirectoryMode.WATCH);
        assertThat(handle.view().source()).isEqualTo(ViewSource.WATCH);
    }

    @Test
    void whatANodeAnswersIsAsOldAsTheNodeSays() {
        registry.letsStreamsThrough = false;
        registry.put(ORDERS, orders("a"));
        registry.nodes.forEach(registry::current);
        lane.advance(Duration.ofSeconds(30));
        var handle = follow(ORDERS);
        lane.advance(Duration.ofSeconds(2));
        lane.run(desk::tick);

        assertThat(handle.view().source()).isEqualTo(ViewSource.POLL);
        assertThat(handle.view().age()).isBetween(Duration.ofSeconds(32), Duration.ofSeconds(33));
    }

    @Test
    void registryThatIsAwaySaysNothingAboutStreams() {
        registry.put(ORDERS, orders("a"));
        var handle = follow(ORDERS);
        pass(Duration.ofSeconds(20));
        registry.nodes.get(0).isUp = false;
        pass(Duration.ofSeconds(2));
        assertThat(desk.reachability().mode()).isEqualTo(DirectoryMode.OFFLINE);
        pass(Duration.ofMinutes(10));
        assertThat(ids(handle.view())).containsExactly("a");
        assertThat(handle.view().age()).isBetween(Duration.ofMinutes(9), Duration.ofMinutes(11));
        assertThat(desk.reachability().mode()).isEqualTo(DirectoryMode.OFFLINE);
        assertThat(counters.of(DirectoryCount.FALLBACKS)).isZero();

        registry.catchUp();
        registry.put(ORDERS, orders("b"));
        pass(Duration.ofSeconds(1));

        assertThat(ids(handle.view())).containsExactly("b");
        assertThat(desk.reachability().mode()).isEqualTo(DirectoryMode.WATCH);
    }

    @Test
    void streamThatBreaksIsNoProblemOnceAnotherGoesOn() {
        registry.put(ORDERS, orders("a"));
        follow(ORDERS);
        pass(Duration.ofSeconds(20));
        registry.cutAny();
        assertThat(desk.reachability().problem()).isEqualTo("cut");

        pass(Duration.ofSeconds(11));

        assertThat(desk.reachability().problem()).isNull();
        assertThat(desk.reachability().mode()).isEqualTo(DirectoryMode.WATCH);
        assertThat(counters.of(DirectoryCount.STREAMS)).isEqualTo(1);
    }

    @Test
    void serviceThatMayNotBeWatchedTakesNoOtherWithIt() {
        var secret = ServiceKey.of("default", "secret");
        registry.forbidden.add(secret);
        registry.put(ORDERS, orders("a"));
        var handle = follow(ORDERS);
        var refused = follow(secret);
        for (var i = 0; i < 9; i++) {
            follow(service(i));
        }
        pass(Duration.ofSeconds(5));

        assertThat(ids(handle.view())).containsExactly("a");
        assertThat(refused.view().isKnown()).isFalse();
        assertThat(refused.settled()).isDone();
        assertThat(desk.reachability().problem()).contains("permission-denied");

        registry.forbidden.clear();
        pass(Duration.ofMinutes(2));
        assertThat(refused.view().isKnown()).isTrue();
    }

    @Test
    void viewTurnsStaleOnceAndIsWellAgainWhenTheRegistryIs() {
        options = options.withMaxStaleness(Duration.ofMinutes(2)).withStaleAction(StaleAction.REFUSE);
        notices.add(new DirectoryListener() {
            @Override
            public void onChange(ServiceKey service, ServiceView before, ServiceView after) {
                told.add("change " + ids(after));
            }

            @Override
            public void onStale(ServiceKey service, ServiceView view) {
                told.add("stale " + ids(view));
            }

            @Override
            public void onMode(DirectoryMode before, DirectoryMode after) {
                told.add(before + " " + after);
            }
        });
        registry.put(ORDERS, orders("a"));
        var handle = follow(ORDERS);
        pass(Duration.ofSeconds(20));
        registry.nodes.get(0).isUp = false;
        pass(Duration.ofMinutes(5));

        assertThat(counters.of(DirectoryCount.TURNED_STALE)).isEqualTo(1);
        assertThat(handle.current().isStale()).isTrue();
        assertThat(handle.current().isRefused()).isTrue();
        registry.catchUp();
        pass(Duration.ofSeconds(2));
        assertThat(handle.view().isStale()).isFalse();
        assertThat(told).containsExactly("change [a]", "STARTING WATCH", "WATCH OFFLINE", "stale [a]", "OFFLINE WATCH");
    }

    @Test
    void listenerThatFailsHoldsUpNobody() {
        notices.add((service, before, after) -> {
            throw new IllegalStateException("as the test wants it");
        });
        notices.add((service, before, after) -> told.add(ids(after).toString()));
        registry.put(ORDERS, orders("a"));
        follow(ORDERS);
        pass(Duration.ofSeconds(1));
        registry.put(ORDERS, orders("b"));
        pass(Duration.ofSeconds(1));

        assertThat(told).containsExactly("[a]", "[b]");
        assertThat(counters.of(DirectoryCount.LISTENER_FAULTS)).isEqualTo(2);
    }

    @Test
    void restoredRegistryThatIsEmptyIsBelievedLate() {
        registry.touch();
        registry.put(ORDERS, orders("a"));
        var handle = follow(ORDERS);
        pass(Duration.ofSeconds(20));
        registry.restore(1);
        pass(Duration.ofSeconds(50));
        assertThat(ids(handle.view())).containsExactly("a");
        assertThat(handle.view().isKept()).isTrue();

        pass(Duration.ofSeconds(60));
        assertThat(handle.view().instances()).isEmpty();
        assertThat(handle.view().index()).isEqualTo(1);
        assertThat(counters.of(DirectoryCount.EMPTIES_KEPT)).isEqualTo(1);
        assertThat(counters.of(DirectoryCount.EMPTIES_UNPROVED)).isEqualTo(1);
    }

    @Test
    void clearingForgetsAllAndBelievesWhatComesFirst() {
        registry.touch();
        registry.put(ORDERS, orders("a"));
        var handle = follow(ORDERS);
        pass(Duration.ofSeconds(1));
        registry.restore(1);
        lane.run(desk::clear);
        assertThat(handle.view().isKnown()).isFalse();
        assertThat(handle.settled()).isNotDone();

        pass(Duration.ofSeconds(1));

        assertThat(handle.view().isKnown()).isTrue();
        assertThat(handle.view().instances()).isEmpty();
        assertThat(handle.settled()).isDone();
    }
}
