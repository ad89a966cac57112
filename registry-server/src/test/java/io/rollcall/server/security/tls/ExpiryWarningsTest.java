package io.rollcall.server.security.tls;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.rollcall.server.app.CertificateExpiry.Shown;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class ExpiryWarningsTest {

    private static final Instant END = Instant.parse("2030-01-01T00:00:00Z");
    private static final Duration YEAR = Duration.ofDays(365);

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final ExpiryWarnings warnings = new ExpiryWarnings();

    @BeforeEach
    void listen() {
        log.start();
        ((Logger) LoggerFactory.getLogger(ExpiryWarnings.class)).addAppender(log);
    }

    @AfterEach
    void leave() {
        ((Logger) LoggerFactory.getLogger(ExpiryWarnings.class)).detachAppender(log);
    }

    private int saidAfter(Duration beforeEnd, Duration life) {
        warnings.look(new Shown("http", "CN=n1", END), life, END.minus(beforeEnd));
        return log.list.size();
    }

    @Test
    void eachMarkIsToldOnce() {
        assertThat(saidAfter(Duration.ofDays(31), YEAR)).isZero();
        assertThat(saidAfter(Duration.ofDays(30), YEAR)).isEqualTo(1);
        assertThat(saidAfter(Duration.ofDays(29), YEAR)).isEqualTo(1);
        assertThat(saidAfter(Duration.ofDays(6), YEAR)).isEqualTo(2);
        assertThat(saidAfter(Duration.ofHours(23), YEAR)).isEqualTo(3);
        assertThat(saidAfter(Duration.ofSeconds(-1), YEAR)).isEqualTo(4);
        assertThat(saidAfter(Duration.ofHours(-1), YEAR)).isEqualTo(4);
        assertThat(log.list.get(3).getFormattedMessage()).contains("has expired");
    }

    @Test
    void shortLifeIsNoReasonToWarn() {
        assertThat(saidAfter(Duration.ofHours(20), Duration.ofDays(1))).isZero();
        assertThat(saidAfter(Duration.ofSeconds(-1), Duration.ofDays(1))).isEqualTo(1);
    }
}
