package io.rollcall.server.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.rollcall.server.config.LogFormat;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

/** How lines look. */
final class LogEncoderTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String SPAN = "b7ad6b7169203331";
    private static final String HOSTILE = "x\r\n2026-01-01T00:00:00.000Z ERROR Main - forged\u001b[2J\u009b\u2028";

    private final LoggerContext context = new LoggerContext();

    private String line(LogFormat format, LoggingEvent event) {
        var encoder = new LogEncoder();
        encoder.setContext(context);
        encoder.setPattern("%-5level %logger{0} - %msg %kvp{DOUBLE}%span%n%ex");
        encoder.start();
        encoder.write(format);
        return new String(encoder.encode(event), StandardCharsets.UTF_8);
    }

    private LoggingEvent event(String message) {
        var event = new LoggingEvent();
        event.setLoggerContext(context);
        event.setLoggerName("io.rollcall.Some");
        event.setThreadName("main");
        event.setLevel(Level.INFO);
        event.setMessage(message);
        event.setInstant(Instant.parse("2026-11-27T10:00:00.123Z"));
        return event;
    }

    @Test
    void jsonHasWhatTheLineHas() throws Exception {
        var event = event("did {}");
        event.setArgumentArray(new Object[] {"it"});
        event.addKeyValuePair(new KeyValuePair("term", 7L));
        event.addKeyValuePair(new KeyValuePair("peer", "n2"));
        event.setThrowableProxy(new ThrowableProxy(new IllegalStateException("broken")));

        var json = new ObjectMapper().readTree(line(LogFormat.JSON, event));

        assertThat(json.path("timestamp").asText()).isEqualTo("2026-11-27T10:00:00.123Z");
        assertThat(json.path("level").asText()).isEqualTo("INFO");
        assertThat(json.path("logger").asText()).isEqualTo("io.rollcall.Some");
        assertThat(json.path("message").asText()).isEqualTo("did it");
        assertThat(json.path("attributes").path("term").isNumber()).isTrue();
        assertThat(json.path("attributes").path("peer").asText()).isEqualTo("n2");
        assertThat(json.path("error").path("type").asText()).isEqualTo("java.lang.IllegalStateException");
        assertThat(json.path("error").path("stack").asText()).contains("broken", "LogEncoderTest");
    }

    @Test
    void nothingOfACallerEndsALineOrReachesATerminal() throws Exception {
        var event = event(HOSTILE);
        event.addKeyValuePair(new KeyValuePair("name", HOSTILE));

        var line = line(LogFormat.JSON, event);

        assertThat(line.strip().chars()).allMatch(c -> c >= ' ' && c < 0x7f);
        assertThat(new ObjectMapper().readTree(line).path("message").asText()).isEqualTo(HOSTILE);
    }

    @Test
    void lineOfASpanNamesIt() throws Exception {
        var span = Span.wrap(SpanContext.create(TRACE, SPAN, TraceFlags.getSampled(), TraceState.getDefault()));
        try (var current = span.makeCurrent()) {
            assertThat(current).isNotNull();
            assertThat(line(LogFormat.TEXT, event("m"))).contains(" trace_id=" + TRACE + " span_id=" + SPAN + "\n");
            assertThat(new ObjectMapper()
                            .readTree(line(LogFormat.JSON, event("m")))
                            .path("trace_id")
                            .asText())
                    .isEqualTo(TRACE);
        }
        assertThat(line(LogFormat.TEXT, event("m"))).isEqualTo("INFO  Some - m \n");
        assertThat(line(LogFormat.JSON, event("m"))).doesNotContain("trace_id");
    }
}
