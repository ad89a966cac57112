package io.rollcall.server.telemetry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.spi.AppenderAttachable;
import ch.qos.logback.core.spi.AppenderAttachableImpl;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * Stands in front of whatever writes lines, and lets no kind of line flood it: of one message of one logger some come through
 * at once and then a few a second; how many were left out is said in a line of its own. Whoever can make a node complain must
 * not be able to fill its disk. Made by {@code logback.xml}.
 */
public final class LogGate extends UnsynchronizedAppenderBase<ILoggingEvent>
        implements AppenderAttachable<ILoggingEvent> {

    /** Lines of a kind that come through at once. */
    static final int BURST = 50;

    /** And then in a second. */
    static final int PER_SECOND = 5;

    /** Kinds that are told apart; the oldest is forgotten first. */
    static final int KINDS_MAX = 1_000;

    /** How long after its last line it is said at the latest how many were left out, if anything is logged at all. */
    private static final long SAY_NANOS = 10_000_000_000L;

    private static final double NANOS_PER_SECOND = 1e9;

    private final AppenderAttachableImpl<ILoggingEvent> behind = new AppenderAttachableImpl<>();
    private final LongSupplier nanos;
    private final Map<Level, LongAdder> lines = Map.of(
            Level.ERROR, new LongAdder(),
            Level.WARN, new LongAdder(),
            Level.INFO, new LongAdder(),
            Level.DEBUG, new LongAdder(),
            Level.TRACE, new LongAdder());
    private final LongAdder suppressed = new LongAdder();

    // Guarded by itself; in the order of their last lines.
    private final Map<Kind, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true);
    private long lookedAt;

    private record Kind(String logger, String message) {}

    private static final class Bucket {
        private double tokens = BURST;
        private long filledAt;
        private long leftOut;

        Bucket(long now) {
            filledAt = now;
        }

        boolean take(long now) {
            tokens = Math.min(BURST, tokens + (now - filledAt) / NANOS_PER_SECOND * PER_SECOND);
            filledAt = now;
            if (tokens < 1) {
                leftOut++;
                return false;
            }
            tokens--;
            return true;
        }
    }

    /** For the configuration. */
    public LogGate() {
        this(System::nanoTime);
    }

    LogGate(LongSupplier nanos) {
        this.nanos = nanos;
        this.lookedAt = nanos.getAsLong();
    }

    @Override
    protected void append(ILoggingEvent event) {
        LongAdder counted = lines.get(event.getLevel());
        if (counted != null) {
            counted.increment();
        }
        List<LoggingEvent> said = new ArrayList<>(0);
        boolean passes;
        synchronized (buckets) {
            passes = passes(event, said);
        }
        said.forEach(behind::appendLoopOnAppenders);
        if (passes) {
            behind.appendLoopOnAppenders(event);
        } else {
            suppressed.increment();
        }
    }

    private boolean passes(ILoggingEvent event, List<LoggingEvent> said) {
        long now = nanos.getAsLong();
        Kind kind = new Kind(event.getLoggerName(), event.getMessage());
        Bucket bucket = buckets.computeIfAbsent(kind, unknown -> new Bucket(now));
        boolean passes = bucket.take(now);
        if (passes && bucket.leftOut > 0) {
            say(kind, bucket, said);
        }
        if (now - lookedAt > SAY_NANOS) {
            lookedAt = now;
            buckets.forEach((other, its) -> {
                if (its.leftOut > 0 && now - its.filledAt > SAY_NANOS) {
                    say(other, its, said);
                }
            });
        }
        if (buckets.size() > KINDS_MAX) {
            Iterator<Map.Entry<Kind, Bucket>> oldest = buckets.entrySet().iterator();
            Map.Entry<Kind, Bucket> gone = oldest.next();
            oldest.remove();
            if (gone.getValue().leftOut > 0) {
                say(gone.getKey(), gone.getValue(), said);
            }
        }
        return passes;
    }

    private void say(Kind kind, Bucket bucket, List<LoggingEvent> said) {
        LoggingEvent event = new LoggingEvent();
        if (getContext() instanceof LoggerContext context) {
            event.setLoggerContext(context);
        }
        event.setLoggerName(kind.logger);
        event.setThreadName(Thread.currentThread().getName());
        event.setLevel(Level.WARN);
        event.setInstant(Instant.now());
        event.setMessage("suppressed lines of one kind that came too fast");
        event.addKeyValuePair(new KeyValuePair("suppressed", bucket.leftOut));
        event.addKeyValuePair(new KeyValuePair("kind", String.valueOf(kind.message)));
        bucket.leftOut = 0;
        said.add(event);
    }

    /** Lines of a level, those that were left out among them. */
    long lines(Level level) {
        LongAdder counted = lines.get(level);
        return counted == null ? 0 : counted.sum();
    }

    /** How many kinds are told apart now. */
    int kinds() {
        synchronized (buckets) {
            return buckets.size();
        }
    }

    /** Lines that were left out. */
    long suppressed() {
        return suppressed.sum();
    }

    @Override
    public void stop() {
        super.stop();
        behind.detachAndStopAllAppenders();
    }

    @Override
    public void addAppender(Appender<ILoggingEvent> appender) {
        behind.addAppender(appender);
    }

    @Override
    public Iterator<Appender<ILoggingEvent>> iteratorForAppenders() {
        return behind.iteratorForAppenders();
    }

    @Override
    public @Nullable Appender<ILoggingEvent> getAppender(String name) {
        return behind.getAppender(name);
    }

    @Override
    public boolean isAttached(Appender<ILoggingEvent> appender) {
        return behind.isAttached(appender);
    }

    @Override
    public void detachAndStopAllAppenders() {
        behind.detachAndStopAllAppenders();
    }

    @Override
    public boolean detachAppender(Appender<ILoggingEvent> appender) {
        return behind.detachAppender(appender);
    }

    @Override
    public boolean detachAppender(String name) {
        return behind.detachAppender(name);
    }
}
