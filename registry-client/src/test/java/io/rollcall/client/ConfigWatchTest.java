package io.rollcall.client;

import static io.rollcall.client.fake.FakeNode.problem;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.rollcall.client.answer.Refusal;
import io.rollcall.client.fake.FakeWatchNode;
import io.rollcall.client.fake.FakeWatchNode.Acknowledged;
import io.rollcall.client.watch.ConfigWatchEvent;
import io.rollcall.client.watch.ConfigWatchListener;
import io.rollcall.client.watch.WatchedConfig;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A watch of configuration over real HTTP against nodes that stream what the test says. */
final class ConfigWatchTest {

    private final FakeWatchNode node = new FakeWatchNode();
    private final FakeWatchNode other = new FakeWatchNode();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final List<String> interruptions = new CopyOnWriteArrayList<>();
    private final List<Refusal> refusals = new CopyOnWriteArrayList<>();
    private final WatchedConfig config = new WatchedConfig();
    private RegistryClient client;
    private Watch watch;

    @AfterEach
    void close() {
        if (watch != null) {
            watch.close();
            client.close();
        }
        node.close();
        other.close();
    }

    private final class Recorder implements ConfigWatchListener {
        @Override
        public void onEvent(ConfigWatchEvent event) {
            config.apply(event);
            told.add(event.match(new ConfigWatchEvent.Cases<String>() {
                @Override
                public String snapshot(ConfigWatchEvent.Snapshot snapshot) {
                    return "snapshot " + snapshot.index() + " "
                            + snapshot.keys().size() + (snapshot.isFirst() ? " first" : "")
                            + (snapshot.isLast() ? " last" : "");
                }

                @Override
                public String change(ConfigWatchEvent.Change change) {
                    return "change " + change.from() + "-" + change.to();
                }

                @Override
                public String sync(ConfigWatchEvent.Sync sync) {
                    return "sync " + sync.index();
                }
            }));
        }

        @Override
        public void onInterrupted(String detail) {
            interruptions.add(detail);
        }

        @Override
        public void onRefused(Refusal refusal) {
            refusals.add(refusal);
        }
    }

    private void watch(String... urls) {
        client = RegistryClient.builder()
                .servers(List.of(urls))
                .backoff(Duration.ofMillis(5), Duration.ofMillis(50))
                .build();
        watch = client.config()
                .watch(
                        "a/",
                        WatchOptions.healthy()
                                .withSyncInterval(Duration.ofSeconds(20))
                                .withSubscriber("the test"),
                        new Recorder());
    }

    private static String meta(String key, long index, String more) {
        return "{\"namespace\":\"default\",\"key\":\"" + key + "\",\"version\":2,\"createIndex\":1,\"modifyIndex\":"
                + index
                + ",\"modifiedAt\":\"2026-01-01T00:00:00.000Z\",\"contentType\":\"text/plain\",\"size\":3,\"secret\":false"
                + more + "}";
    }

    private static String meta(String key, long index) {
        return meta(key, index, "");
    }

    private static void eventually(ThrowingRunnable assertion) {
        await().atMost(10, SECONDS).untilAsserted(assertion);
    }

    private void awaitTold(String... expected) {
        eventually(() -> assertThat(told).containsExactly(expected));
    }

    private List<String> keys() {
        return config.entries().stream().map(entry -> entry.key().path()).toList();
    }

    @Test
    void partsOfASnapshotAndChangesComeToThePresent() {
        watch(node.url());
        node.configSnapshot(0, 7, true, meta("a/1", 5), meta("a/2", 6))
                .configSnapshot(7, 7, false, meta("a/3", 7))
                .configChange(7, 9, meta("a/4", 9))
                .configDeletion(9, 12, "a/1", meta("a/1", 12, ",\"deleted\":true"))
                .sync(40);

        awaitTold("snapshot 7 2 first", "snapshot 7 1 last", "change 7-9", "change 9-12", "sync 40");
        assertThat(keys()).containsExactly("a/2", "a/3", "a/4");
        assertThat(config.index()).isEqualTo(12);
        assertThat(node.asked())
                .containsExactly(new FakeWatchNode.Asked("/api/v1/watch?config=a%2F", null, "the test"));
        eventually(() -> assertThat(node.acknowledged()).contains(new Acknowledged("n1-8", "{\"index\":40}")));
    }

    @Test
    void brokenStreamGoesOnBehindTheLastEventOnAnotherNode() {
        other.refusal = problem(503, "not-ready");
        watch(node.url(), other.url());
        node.configSnapshot(5, meta("a/1", 5)).configChange(5, 8, meta("a/2", 8));
        awaitTold("snapshot 5 1 first last", "change 5-8");

        node.refusal = problem(503, "not-ready");
        other.refusal = null;
        node.cut();
        other.configChange(8, 12, meta("a/3", 12));

        awaitTold("snapshot 5 1 first last", "change 5-8", "change 8-12");
        assertThat(other.asked().get(other.asked().size() - 1).lastEventId()).isEqualTo("8");
        assertThat(watch.figures().gaps()).isZero();
    }

    @Test
    void streamThatBreaksBetweenThePartsBeginsAnew() {
        watch(node.url());
        node.configSnapshot(0, 7, true, meta("a/1", 5), meta("a/2", 6)).cut();
        eventually(() -> assertThat(interruptions).isNotEmpty());
        node.configSnapshot(9, meta("a/3", 9));

        awaitTold("snapshot 7 2 first", "snapshot 9 1 first last");
        assertThat(keys()).containsExactly("a/3");
        assertThat(node.asked().get(node.asked().size() - 1).lastEventId()).isNull();
    }

    @Test
    void streamThatBreaksBetweenThePartsOfALaterSnapshotBeginsAnewAsWell() {
        watch(node.url());
        node.configSnapshot(5, meta("a/1", 5)).configSnapshot(5, 9, true, meta("a/1", 5), meta("a/2", 6));
        awaitTold("snapshot 5 1 first last", "snapshot 9 2 first");
        node.cut();
        node.configSnapshot(9, meta("a/3", 9));

        awaitTold("snapshot 5 1 first last", "snapshot 9 2 first", "snapshot 9 1 first last");
        assertThat(node.asked().get(node.asked().size() - 1).lastEventId()).isNull();
    }

    @Test
    void missingChangeIsNoticedAndMadeUpForByASnapshot() {
        watch(node.url());
        node.configSnapshot(5, meta("a/1", 5)).configChange(6, 8, meta("a/2", 8));
        eventually(() -> assertThat(watch.figures().gaps()).isEqualTo(1));
        node.configSnapshot(8, meta("a/1", 5), meta("a/2", 8));

        awaitTold("snapshot 5 1 first last", "snapshot 8 2 first last");
        assertThat(keys()).containsExactly("a/1", "a/2");
    }

    @Test
    void refusalEndsIt() {
        node.refusal = problem(403, "permission-denied");
        watch(node.url());

        eventually(() -> assertThat(refusals).hasSize(1));
        eventually(() -> assertThat(watch.isRunning()).isFalse());
    }

    @Test
    void selectionOfInstancesIsRefused() {
        client = RegistryClient.builder().servers(List.of(node.url())).build();
        var options = WatchOptions.healthy().withSelection(Selection.healthy().withZone("eu"));

        assertThatThrownBy(() -> client.config().watch("", options, event -> {}))
                .isInstanceOf(IllegalArgumentException.class);
        client.close();
        client = null;
    }
}
