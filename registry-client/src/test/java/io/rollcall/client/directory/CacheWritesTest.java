package io.rollcall.client.directory;

import static io.rollcall.client.directory.Known.ORDERS;
import static io.rollcall.client.directory.Known.ids;
import static io.rollcall.client.directory.Known.orders;
import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.api.model.ServiceKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a directory writes and reads its files, in the test's own time. */
final class CacheWritesTest {

    private static final Instant BEGIN = Instant.parse("2026-03-01T10:00:00Z");

    @TempDir
    Path temporary;

    private final ManualLane lane = new ManualLane();
    private final long begun = lane.nanos();
    private final SimulatedRegistry registry = new SimulatedRegistry(lane, new Random(1), 1);
    private final Counters counters = new Counters();
    private final DirectoryOptions options = DirectoryOptions.defaults().withCacheRefresh(Duration.ofMinutes(5));
    private final Aging aging = new Aging(lane::nanos, null, false);
    private Duration clockIsAhead = Duration.ZERO;
    private CacheFolder folder;
    private Desk desk;

    @BeforeEach
    void begin() {
        folder = new CacheFolder(temporary.resolve("cache"), "all");
        desk = desk();
    }

    private Desk desk() {
        InstantSource wall = () -> BEGIN.plusNanos(lane.nanos() - begun).plus(clockIsAhead);
        var cache = new CacheWrites(folder, lane, Runnable::run, wall, options.cacheRefresh(), counters);
        return new Desk(new Desk.Parts(
                options, registry, lane, Runnable::run, Runnable::run, aging, new Notices(counters), counters, cache));
    }

    private ServiceHandle follow(ServiceKey service) {
        var handle = new ServiceHandle(service, aging);
        lane.run(() -> desk.follow(handle));
        return handle;
    }

    private void pass(Duration time) {
        for (var i = 0; i < time.toMillis() / 200; i++) {
            lane.advance(Duration.ofMillis(200));
            registry.nodes.stream().filter(node -> node.isUp).forEach(registry::current);
            registry.deliver();
            if (i % 50 == 0) {
                registry.sync();
            }
            lane.run(desk::tick);
        }
    }

    private long writes() {
        return counters.of(DirectoryCount.DISK_WRITES);
    }

    @Test
    void changesAreOnDiskASecondLaterAndWhatIsTheSameNowAndThen() {
        registry.put(ORDERS, orders("a"));
        follow(ORDERS);
        pass(Duration.ofSeconds(2));
        assertThat(folder.load(ORDERS)).hasValueSatisfying(cached -> {
            assertThat(cached.instances()).isEqualTo(orders("a"));
            assertThat(cached.index()).isEqualTo(2);
        });

        registry.put(ORDERS, orders("a", "b"));
        pass(Duration.ofSeconds(2));
        assertThat(folder.load(ORDERS).orElseThrow().instances()).hasSize(2);
        assertThat(writes()).isEqualTo(2);

        pass(Duration.ofMinutes(11));
        assertThat(writes()).isEqualTo(4);
        var age = Duration.between(folder.load(ORDERS).orElseThrow().knownAt(), BEGIN.plusNanos(lane.nanos() - begun));
        assertThat(age).isLessThan(Duration.ofMinutes(5));
    }

    @Test
    void writesAreBounded() {
        for (var i = 0; i < 60; i++) {
            var service = ServiceKey.of("default", "service-" + i);
            registry.put(service, List.of(Known.instance(service, "a", i)));
            follow(service);
        }
        pass(Duration.ofMillis(400));
        assertThat(writes()).isEqualTo(20);
        pass(Duration.ofSeconds(1));
        assertThat(writes()).isEqualTo(40);
        pass(Duration.ofSeconds(5));
        assertThat(writes()).isEqualTo(60);
    }

    @Test
    void startWithoutARegistryTakesAgeFromTheFileAndSettlesAfterTheGrace() {
        registry.put(ORDERS, orders("a"));
        follow(ORDERS);
        pass(Duration.ofSeconds(20));
        registry.nodes.get(0).isUp = false;
        lane.run(() -> desk.close().run());
        pass(Duration.ofHours(1));
        desk = desk();
        var handle = follow(ORDERS);

        assertThat(ids(handle.view())).containsExactly("a");
        assertThat(handle.view().source()).isEqualTo(ViewSource.DISK);
        assertThat(handle.view().age()).isBetween(Duration.ofMinutes(60), Duration.ofMinutes(61));
        assertThat(handle.settled()).isNotDone();
        lane.advance(Duration.ofMillis(200));
        assertThat(handle.settled()).isDone();

        registry.catchUp();
        registry.put(ORDERS, orders("b"));
        pass(Duration.ofSeconds(2));
        assertThat(ids(handle.view())).containsExactly("b");
    }

    @Test
    void clockThatWasPutBackMakesNothingYoungerThanNow() {
        registry.put(ORDERS, orders("a"));
        follow(ORDERS);
        pass(Duration.ofSeconds(20));
        lane.run(() -> desk.close().run());
        clockIsAhead = Duration.ofHours(-3);
        desk = desk();

        assertThat(follow(ORDERS).view().age()).isZero();
    }

    @Test
    void emptyFileIsNoReasonToCutTheFirstCallShort() {
        registry.put(ORDERS, List.of());
        follow(ORDERS);
        pass(Duration.ofSeconds(20));
        lane.run(() -> desk.close().run());
        desk = desk();
        var handle = follow(ORDERS);
        lane.advance(Duration.ofMillis(500));

        assertThat(handle.view().source()).isEqualTo(ViewSource.DISK);
        assertThat(handle.settled()).isNotDone();
    }

    @Test
    void diskThatTakesNothingIsLeftAloneForAMinute() throws Exception {
        Files.createFile(temporary.resolve("cache"));
        registry.put(ORDERS, orders("a"));
        follow(ORDERS);
        pass(Duration.ofSeconds(20));
        assertThat(counters.of(DirectoryCount.DISK_FAULTS)).isEqualTo(1);
        Files.delete(temporary.resolve("cache"));

        pass(Duration.ofMinutes(1));

        assertThat(folder.load(ORDERS)).isPresent();
    }
}
