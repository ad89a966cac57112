package io.rollcall.server.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.api.model.AccessPolicy;
import io.rollcall.api.model.AccessToken;
import io.rollcall.api.model.ConfigEntry;
import io.rollcall.api.model.ConfigKey;
import io.rollcall.api.model.ContentType;
import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceStatus;
import io.rollcall.api.model.Namespace;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.statemachine.change.ChangeBatch;
import io.rollcall.statemachine.change.RegistryChange;
import io.rollcall.statemachine.change.RegistryChange.ConfigChanged;
import io.rollcall.statemachine.change.RegistryChange.ConfigForgotten;
import io.rollcall.statemachine.change.RegistryChange.LeaseMarked;
import io.rollcall.statemachine.change.StateReset;
import io.rollcall.statemachine.state.KeysetRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;
import org.junit.jupiter.api.Test;

final class ConfigViewTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final ConfigView view = new ConfigView();
    private long index;

    private void put(String... paths) {
        change(false, paths);
    }

    private void change(boolean deleted, String... paths) {
        List<RegistryChange> changes = new ArrayList<>();
        for (String path : paths) {
            index++;
            changes.add(new ConfigChanged(index, null, entry(path, index, deleted)));
        }
        view.changed(new ChangeBatch(index, index, 0, changes));
    }

    private static ConfigEntry entry(String path, long index, boolean deleted) {
        return new ConfigEntry(
                ConfigKey.of("default", path),
                index,
                1,
                index,
                Instant.EPOCH,
                ContentType.DEFAULT,
                1,
                false,
                deleted,
                null);
    }

    private List<String> paths(String prefix, String after) {
        List<String> paths = new ArrayList<>();
        view.current()
                .entries(Namespace.DEFAULT, prefix, after)
                .forEach(entry -> paths.add(entry.key().path()));
        return paths;
    }

    private static ConfigScope prefix(String prefix) {
        return ConfigScope.prefix(Namespace.DEFAULT, prefix);
    }

    private static ConfigScope key(String path) {
        return ConfigScope.of(ConfigKey.of("default", path));
    }

    @Test
    void keysOfAPrefixComeInTheirOrderWithoutDeletions() {
        put("b", "a/z", "a/b/c", "a", "a/b", "a-b", "c");
        change(true, "a/b/c");

        assertThat(paths("", "")).containsExactly("a", "a-b", "a/b", "a/z", "b", "c");
        assertThat(paths("a/", "")).containsExactly("a/b", "a/z");
        assertThat(paths("a/", "a/b")).containsExactly("a/z");
        assertThat(paths("a", "0")).containsExactly("a", "a-b", "a/b", "a/z");
        assertThat(paths("", "b")).containsExactly("c");
        assertThat(paths("x", "")).isEmpty();
        assertThat(view.current().entries(new Namespace("other"), "", "")).isEmpty();
    }

    @Test
    void forgottenKeyIsUnknownAndNoIndexFalls() {
        put("a", "b");
        change(true, "b", "a");
        ConfigEntry first = view.current().entry(ConfigKey.of("default", "b"));
        assertThat(view.current().oldestDeletions(1)).containsExactly(first);
        CompletableFuture<Void> waiting = view.changed(key("b"), 3, LONG);

        view.changed(new ChangeBatch(5, 5, 0, List.of(new ConfigForgotten(5, first))));

        assertThat(view.current().entry(first.key())).isNull();
        assertThat(view.current().keys(Namespace.DEFAULT)).isEqualTo(1);
        assertThat(view.current().index(key("b"))).isEqualTo(3);
        assertThat(view.current().index(key("a"))).isEqualTo(4);
        assertThat(view.current().index(key("never-there"))).isEqualTo(3);
        assertThat(view.current().index(prefix(""))).isEqualTo(4);
        assertThat(view.current().oldestDeletions(9)).hasSize(1);
        assertThat(waiting).isNotDone();
        index = 5;
        put("b");
        assertThat(waiting).isCompleted();
        assertThat(view.current().index(key("b"))).isEqualTo(6);
        put("a");
        assertThat(view.current().oldestDeletions(9)).isEmpty();
    }

    @Test
    void versionOfAQueryMovesWithItsOwnKeysAlone() {
        assertThat(view.current().index(key("a/b"))).isEqualTo(1);
        put("a/b", "a/c", "b");

        assertThat(view.current().index(key("a/b"))).isEqualTo(1);
        assertThat(view.current().index(prefix("a/"))).isEqualTo(2);
        assertThat(view.current().index(prefix(""))).isEqualTo(3);
        put("b");
        assertThat(view.current().index(prefix("a/"))).isEqualTo(2);
        assertThat(view.current().appliedIndex()).isEqualTo(4);
        view.changed(new ChangeBatch(9, 9, 0, List.of()));
        assertThat(view.current().index(prefix("a/"))).isEqualTo(2);
        assertThat(view.current().appliedIndex()).isEqualTo(9);
    }

    @Test
    void versionOfAQueryNeverFallsAlsoAfterItsLastKeyWent() {
        put("a/b");
        change(true, "a/b");

        assertThat(view.current().index(key("a/b"))).isEqualTo(2);
        assertThat(view.current().index(prefix("a/"))).isEqualTo(2);
    }

    @Test
    void whatIsPastItsIndexAlreadyDoesNotWait() {
        put("a", "b");

        assertThat(view.changed(key("b"), 1, LONG)).isCompleted();
        assertThat(view.changed(prefix(""), 0, LONG)).isCompleted();
        assertThat(view.waiting()).isZero();
    }

    @Test
    void changeWakesThoseWhoWaitForItsKeyAndNobodyElse() {
        put("a/b", "a/c", "b");
        List<ConfigScope> woken = Arrays.asList(key("a/b"), prefix("a/b"), prefix("a/"), prefix("a"), prefix(""));
        List<ConfigScope> others = Arrays.asList(
                key("a/c"),
                prefix("a/c"),
                prefix("b"),
                prefix("a/b/"),
                key("a/b0"),
                ConfigScope.of(ConfigKey.of("other", "a/b")));
        List<CompletableFuture<Void>> toBeWoken = wait(woken);
        List<CompletableFuture<Void>> toSleep = wait(others);

        put("a/b");

        assertThat(toBeWoken).allSatisfy(future -> assertThat(future).isCompleted());
        assertThat(toSleep).noneSatisfy(future -> assertThat(future).isDone());
        assertThat(view.waiting()).isEqualTo(others.size());
    }

    private List<CompletableFuture<Void>> wait(List<ConfigScope> scopes) {
        return scopes.stream().map(scope -> view.changed(scope, index, LONG)).toList();
    }

    @Test
    void deletionWakes() {
        put("a");
        CompletableFuture<Void> waiting = view.changed(key("a"), 1, LONG);

        change(true, "a");

        assertThat(waiting).isCompleted();
    }

    @Test
    void readerThatIsAheadOfThisNodeWaitsUntilTheNodeIsPastIt() {
        CompletableFuture<Void> waiting = view.changed(key("a"), 2, LONG);
        put("a");
        put("a");
        assertThat(waiting).isNotDone();

        put("a");

        assertThat(waiting).isCompleted();
    }

    @Test
    void waitEndsAndIsForgotten() {
        CompletableFuture<Void> waiting = view.changed(key("a"), 1, Duration.ofMillis(20));

        assertThat(waiting).succeedsWithin(5, TimeUnit.SECONDS);
        assertThat(view.waiting()).isZero();
    }

    @Test
    void resetForgetsWhatWasThereAndWakesWhoseKeysMoved() {
        put("gone", "kept");
        CompletableFuture<Void> moved = view.changed(key("kept"), 2, LONG);
        CompletableFuture<Void> same = view.changed(key("other"), 2, LONG);

        view.reset(new OneKey());

        assertThat(paths("", "")).containsExactly("kept");
        assertThat(view.current().appliedIndex()).isEqualTo(50);
        assertThat(view.current().index(ConfigScope.prefix(new Namespace("other"), "")))
                .isEqualTo(45);
        assertThat(moved).isCompleted();
        assertThat(same).isNotDone();
    }

    private static final class OneKey implements StateReset {

        @Override
        public KeysetRecord keyset() {
            return null;
        }

        @Override
        public ChangeBatch position() {
            return new ChangeBatch(60, 50, 7_000, List.of());
        }

        @Override
        public void forEachService(BiConsumer<ServiceKey, Map<InstanceStatus, Long>> consumer) {}

        @Override
        public void forEachInstance(Consumer<Instance> consumer) {}

        @Override
        public void forEachLease(Consumer<LeaseMarked> consumer) {}

        @Override
        public void forEachConfig(Consumer<ConfigEntry> consumer) {
            consumer.accept(entry("kept", 40, false));
        }

        @Override
        public void forEachPolicy(Consumer<AccessPolicy> consumer) {}

        @Override
        public void forEachToken(BiConsumer<AccessToken, String> consumer) {}

        @Override
        public void forEachConfigFloor(ObjLongConsumer<Namespace> consumer) {
            consumer.accept(new Namespace("other"), 45);
        }
    }
}
