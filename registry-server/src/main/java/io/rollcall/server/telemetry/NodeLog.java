package io.rollcall.server.telemetry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.instrumentation.logback.appender.v1_0.OpenTelemetryAppender;
import io.rollcall.server.app.LogLevels;
import io.rollcall.server.config.LogFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** The log of this process: how lines are written, and that they are exported, too. */
public final class NodeLog {

    private final LoggerContext context;
    // Null where somebody configured his own appenders.
    private final @Nullable LogGate gate;

    private NodeLog(LoggerContext context, @Nullable LogGate gate) {
        this.context = context;
        this.gate = gate;
    }

    /**
     * Sets the log up as the settings want it.
     *
     * @param format how lines are written
     * @return of this process
     */
    public static NodeLog of(LogFormat format) {
        // What libraries tell by the JDK's own means comes here, too.
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        NodeLog log = present();
        LogGate gate = log.gate;
        if (gate != null
                && gate.getAppender("stdout") instanceof ConsoleAppender<ILoggingEvent> console
                && console.getEncoder() instanceof LogEncoder encoder) {
            encoder.write(format == LogFormat.AUTO ? LogEncoder.fitting() : format);
        }
        return log;
    }

    /**
     * Finds the log of this process as it is.
     *
     * @return of this process
     */
    public static NodeLog present() {
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            throw new IllegalStateException("Logback is not what logs: something else is on the class path");
        }
        Appender<ILoggingEvent> root =
                context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("gate");
        return new NodeLog(context, root instanceof LogGate gate ? gate : null);
    }

    /**
     * Changes what is logged of.
     *
     * @return for any thread
     */
    public LogLevels levels() {
        return new LogbackLevels(context);
    }

    /**
     * Has lines exported from now on.
     *
     * @param telemetry where to
     */
    public void exportBy(OpenTelemetry telemetry) {
        if (gate == null) {
            return;
        }
        OpenTelemetryAppender exported = new OpenTelemetryAppender();
        exported.setContext(gate.getContext());
        exported.setName("otlp");
        exported.setKeyValuePairAttributesIncluded("*");
        exported.setOpenTelemetry(telemetry);
        exported.addFilter(new NotOfTelemetry());
        exported.start();
        gate.addAppender(exported);
    }

    /** Complaints of a failed export are not exported: each would be the next one's cause. */
    private static final class NotOfTelemetry extends Filter<ILoggingEvent> {

        @Override
        public FilterReply decide(ILoggingEvent event) {
            return event.getLoggerName().startsWith("io.opentelemetry") ? FilterReply.DENY : FilterReply.NEUTRAL;
        }
    }

    void measure(Instruments instruments) {
        LogGate lines = gate;
        if (lines == null) {
            return;
        }
        instruments.countEach(MetricNames.LOG_LINES, points -> {
            for (Level level : new Level[] {Level.ERROR, Level.WARN, Level.INFO, Level.DEBUG}) {
                points.add(lines.lines(level), level.toString().toLowerCase(Locale.ROOT));
            }
        });
        instruments.count(MetricNames.LOG_SUPPRESSED, lines::suppressed);
    }
}
