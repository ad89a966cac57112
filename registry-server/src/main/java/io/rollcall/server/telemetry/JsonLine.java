package io.rollcall.server.telemetry;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.slf4j.event.KeyValuePair;

/** A line as a JSON object. */
final class JsonLine {

    private static final int USUAL_BYTES = 512;

    private final JsonFactory json = JsonFactory.builder()
            // Whatever callers send: nothing of it reaches a terminal as a command, nor ends a line.
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build();

    /** With the line's end. */
    byte[] of(ILoggingEvent event) {
        ByteArrayOutputStream line = new ByteArrayOutputStream(USUAL_BYTES);
        try (JsonGenerator out = json.createGenerator(line)) {
            out.writeStartObject();
            out.writeStringField("timestamp", event.getInstant().toString());
            out.writeStringField("level", event.getLevel().toString());
            out.writeStringField("logger", event.getLoggerName());
            out.writeStringField("thread", event.getThreadName());
            out.writeStringField("message", event.getFormattedMessage());
            writeSpan(out, Span.current().getSpanContext());
            writeAttributes(out, event.getKeyValuePairs());
            writeError(out, event.getThrowableProxy());
            out.writeEndObject();
            out.writeRaw('\n');
        } catch (IOException e) {
            throw new UncheckedIOException("an array takes all that is written to it", e);
        }
        return line.toByteArray();
    }

    private static void writeSpan(JsonGenerator out, SpanContext span) throws IOException {
        if (span.isValid()) {
            out.writeStringField("trace_id", span.getTraceId());
            out.writeStringField("span_id", span.getSpanId());
        }
    }

    private static void writeAttributes(JsonGenerator out, List<KeyValuePair> pairs) throws IOException {
        if (pairs != null && !pairs.isEmpty()) {
            out.writeObjectFieldStart("attributes");
            for (KeyValuePair pair : pairs) {
                if (pair.value instanceof Number number) {
                    out.writeFieldName(pair.key);
                    out.writeNumber(number.toString());
                } else if (pair.value instanceof Boolean flag) {
                    out.writeBooleanField(pair.key, flag);
                } else {
                    out.writeStringField(pair.key, String.valueOf(pair.value));
                }
            }
            out.writeEndObject();
        }
    }

    private static void writeError(JsonGenerator out, IThrowableProxy thrown) throws IOException {
        if (thrown != null) {
            out.writeObjectFieldStart("error");
            out.writeStringField("type", thrown.getClassName());
            out.writeStringField("message", String.valueOf(thrown.getMessage()));
            out.writeStringField("stack", ThrowableProxyUtil.asString(thrown));
            out.writeEndObject();
        }
    }
}
