package io.rollcall.client.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rollcall.client.Selection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DirectoryOptionsTest {

    private static final Map<Class<?>, Object> OTHERS = Map.of(
            Selection.class, Selection.any(),
            String.class, "other",
            Duration.class, Duration.ofSeconds(77),
            EmptyListPolicy.class, EmptyListPolicy.keep(),
            StaleAction.class, StaleAction.REFUSE,
            Path.class, Path.of("elsewhere"),
            int.class, 77);

    @Test
    void defaultsAreThoseOfTheGuide() {
        var options = DirectoryOptions.defaults();

        assertThat(options.selection()).isEqualTo(Selection.healthy());
        assertThat(options.subscriber()).isNull();
        assertThat(options.syncInterval()).isEqualTo(Duration.ofSeconds(10));
        assertThat(options.firstCallTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(options.diskGrace()).isEqualTo(Duration.ofMillis(200));
        assertThat(options.emptyListPolicy()).isEqualTo(EmptyListPolicy.keepFor(Duration.ofSeconds(60)));
        assertThat(options.maxStaleness()).isEqualTo(Duration.ofHours(24));
        assertThat(options.staleAction()).isEqualTo(StaleAction.MARK);
        assertThat(options.reconcileInterval()).isEqualTo(Duration.ofMinutes(5));
        assertThat(options.pollInterval()).isEqualTo(Duration.ofSeconds(10));
        assertThat(options.streamRetryInterval()).isEqualTo(Duration.ofMinutes(1));
        assertThat(options.cacheFolder()).isNull();
        assertThat(options.cacheRefresh()).isEqualTo(Duration.ofMinutes(5));
        assertThat(options.maxServices()).isEqualTo(1_000);
    }

    @Test
    void eachSettingSetsItselfAndNothingElse() throws Exception {
        for (var component : DirectoryOptions.class.getRecordComponents()) {
            var name = component.getName();
            var setter = "with" + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
            var other = OTHERS.get(component.getType());
            var changed = DirectoryOptions.class
                    .getMethod(setter, component.getType())
                    .invoke(DirectoryOptions.defaults(), other);

            for (var each : DirectoryOptions.class.getRecordComponents()) {
                var expected =
                        each.getName().equals(name) ? other : each.getAccessor().invoke(DirectoryOptions.defaults());
                assertThat(each.getAccessor().invoke(changed))
                        .as(setter + " and " + each.getName())
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void readsBesideTheStreamComeNoLaterThanWhatTheyHaveToFind() {
        var options = DirectoryOptions.defaults();

        assertThat(options.effectiveReconcileInterval()).isEqualTo(Duration.ofMinutes(5));
        assertThat(options.withMaxStaleness(Duration.ofMinutes(1)).effectiveReconcileInterval())
                .isEqualTo(Duration.ofMinutes(1));
        assertThat(options.withMaxStaleness(null).effectiveReconcileInterval()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void badSettingsAreNamed() {
        var options = DirectoryOptions.defaults();

        assertThatThrownBy(() -> options.withFirstCallTimeout(Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("firstCallTimeout");
        assertThatThrownBy(() -> options.withMaxStaleness(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("maxStaleness");
        assertThatThrownBy(() -> options.withMaxServices(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("maxServices");
    }
}
