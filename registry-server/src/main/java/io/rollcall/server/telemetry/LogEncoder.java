package io.rollcall.server.telemetry;

import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import io.rollcall.server.config.LogFormat;
import java.io.Console;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Writes lines for whoever reads them: a person at a terminal, or a program. Made by {@code logback.xml}. */
public final class LogEncoder extends EncoderBase<ILoggingEvent> {

    private static final byte[] NOTHING = {};

    private final JsonLine json = new JsonLine();
    private final PatternLayout text = new PatternLayout();
    private volatile LogFormat format = LogFormat.TEXT;

    /** For the configuration. */
    public LogEncoder() {}

    /**
     * Sets how text is laid out.
     *
     * @param pattern of Logback
     */
    public void setPattern(String pattern) {
        text.setPattern(pattern);
    }

    /** Text on a terminal, else objects. */
    static LogFormat fitting() {
        return isTerminal(System.console()) ? LogFormat.TEXT : LogFormat.JSON;
    }

    /** Newer JDKs have a console where there is no terminal, and a method that tells. */
    private static boolean isTerminal(@Nullable Console console) {
        if (console == null) {
            return false;
        }
        try {
            Method isTerminal = Console.class.getMethod("isTerminal");
            return Boolean.TRUE.equals(isTerminal.invoke(console));
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    /** Has lines be written otherwise from now on. */
    void write(LogFormat given) {
        format = given;
    }

    @Override
    public void start() {
        text.setContext(getContext());
        text.getInstanceConverterMap().put("span", SpanConverter::new);
        text.start();
        super.start();
    }

    @Override
    public byte @Nullable [] headerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        return format == LogFormat.JSON ? json.of(event) : text.doLayout(event).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte @Nullable [] footerBytes() {
        return NOTHING;
    }
}
