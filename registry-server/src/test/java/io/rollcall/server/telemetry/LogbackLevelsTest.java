package io.rollcall.server.telemetry;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import io.rollcall.server.app.LogLevels;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Levels that change while a node runs. */
final class LogbackLevelsTest {

    private final LoggerContext context = new LoggerContext();
    private final LogbackLevels levels = new LogbackLevels(context);

    private Level of(String logger) {
        return context.getLogger(logger).getEffectiveLevel();
    }

    @Test
    void levelHoldsForAllBelowUntilItIsTakenBack() {
        context.getLogger("ROOT").setLevel(Level.INFO);

        levels.set("io.rollcall", "DEBUG", Duration.ZERO);
        assertThat(of("io.rollcall.server.raft.Some")).isEqualTo(Level.DEBUG);
        assertThat(levels.levels()).contains(new LogLevels.Set("io.rollcall", "DEBUG", null));

        levels.set("io.rollcall", null, Duration.ZERO);
        assertThat(of("io.rollcall.server.raft.Some")).isEqualTo(Level.INFO);
        assertThat(levels.levels()).containsExactly(new LogLevels.Set("ROOT", "INFO", null));
    }

    @Test
    void levelFallsBackToWhatItWas() {
        context.getLogger("a").setLevel(Level.WARN);

        levels.set("a", "TRACE", Duration.ofHours(1));
        levels.set("a", "DEBUG", Duration.ofMillis(200));

        assertThat(of("a")).isEqualTo(Level.DEBUG);
        assertThat(levels.levels())
                .filteredOn(set -> set.logger().equals("a"))
                .singleElement()
                .satisfies(set -> assertThat(set.leftMillis()).isBetween(0L, 200L));
        await().atMost(10, SECONDS).untilAsserted(() -> assertThat(of("a")).isEqualTo(Level.WARN));
        assertThat(levels.levels()).contains(new LogLevels.Set("a", "WARN", null));
    }

    @Test
    void rootHasALevelAlways() {
        levels.set("ROOT", "ERROR", Duration.ZERO);
        assertThat(of("any")).isEqualTo(Level.ERROR);

        levels.set("ROOT", null, Duration.ZERO);
        assertThat(of("any")).isEqualTo(Level.INFO);
    }
}
