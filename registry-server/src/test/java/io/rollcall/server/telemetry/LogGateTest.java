package io.rollcall.server.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** That nobody who can make a node complain can flood its log. */
final class LogGateTest {

    private final LoggerContext context = new LoggerContext();
    private final AtomicLong nanos = new AtomicLong();
    private final LogGate gate = new LogGate(nanos::get);
    private final ListAppender<ILoggingEvent> written = new ListAppender<>();

    @BeforeEach
    void start() {
        written.start();
        gate.setContext(context);
        gate.addAppender(written);
        gate.start();
    }

    private void log(String logger, String message, int times) {
        for (var i = 0; i < times; i++) {
            var event = new LoggingEvent();
            event.setLoggerContext(context);
            event.setLoggerName(logger);
            event.setLevel(Level.WARN);
            event.setMessage(message);
            event.setInstant(Instant.EPOCH);
            gate.doAppend(event);
        }
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private long written(String message) {
        return written.list.stream()
                .filter(event -> event.getMessage().equals(message))
                .count();
    }

    @Test
    void burstComesThroughAndThenAFewASecond() {
        log("a", "again", 1_000);
        pass(Duration.ofSeconds(2));
        log("a", "again", 1_000);

        assertThat(written("again")).isEqualTo(LogGate.BURST + 2 * LogGate.PER_SECOND);
        assertThat(gate.suppressed()).isEqualTo(2_000 - written("again"));
        assertThat(gate.lines(Level.WARN)).isEqualTo(2_000);
    }

    @Test
    void whatWasLeftOutIsCountedInALine() {
        log("a", "again", LogGate.BURST + 70);
        pass(Duration.ofSeconds(1));
        log("a", "again", 1);

        assertThat(written.list.get(LogGate.BURST)).satisfies(said -> {
            assertThat(said.getLoggerName()).isEqualTo("a");
            assertThat(said.getKeyValuePairs().toString()).contains("suppressed=\"70\"", "again");
        });
        assertThat(written("again")).isEqualTo(LogGate.BURST + 1);
    }

    @Test
    void kindThatFellSilentIsSaidByTheNextLineOfAnother() {
        log("a", "again", LogGate.BURST + 7);
        pass(Duration.ofSeconds(30));
        log("b", "other", 1);

        assertThat(written.list)
                .anySatisfy(said ->
                        assertThat(String.valueOf(said.getKeyValuePairs())).contains("suppressed=\"7\""));
    }

    @Test
    void floodOfOneKindHidesNoOther() {
        log("a", "again", 1_000);
        log("a", "different", 1);
        log("b", "again", 1);

        assertThat(written("different")).isEqualTo(1);
        assertThat(written.list).anyMatch(event -> event.getLoggerName().equals("b"));
    }

    @Test
    void kindsAreForgottenBeforeTheyFillTheMemory() {
        for (var i = 0; i < 10 * LogGate.KINDS_MAX; i++) {
            log("a", "message " + i, 1);
        }

        assertThat(gate.kinds()).isLessThanOrEqualTo(LogGate.KINDS_MAX);
    }
}
