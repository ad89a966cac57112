package io.rollcall.server.telemetry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import io.rollcall.server.app.LogLevels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** The levels of Logback. Thread-safe. */
public final class LogbackLevels implements LogLevels {

    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(LogbackLevels.class);

    private final LoggerContext context;
    private final ScheduledExecutorService timer;

    // Guarded by this.
    private final Map<String, Passing> passing = new HashMap<>();

    private record Passing(@Nullable Level before, long endsAtNanos, long number) {}

    private long number;

    /**
     * The levels of a context.
     *
     * @param context of Logback
     */
    LogbackLevels(LoggerContext context) {
        this.context = context;
        ScheduledThreadPoolExecutor single = new ScheduledThreadPoolExecutor(1, task -> {
            Thread daemon = new Thread(task, "log-levels");
            daemon.setDaemon(true);
            return daemon;
        });
        single.setKeepAliveTime(1, TimeUnit.SECONDS);
        single.allowCoreThreadTimeOut(true);
        timer = single;
    }

    @Override
    public synchronized List<Set> levels() {
        List<Set> levels = new ArrayList<>();
        for (Logger logger : context.getLoggerList()) {
            Level level = logger.getLevel();
            if (level != null) {
                Passing ends = passing.get(logger.getName());
                Long left = ends == null ? null : Math.max(0, ends.endsAtNanos - System.nanoTime()) / 1_000_000;
                levels.add(new Set(logger.getName(), level.toString(), left));
            }
        }
        return levels;
    }

    @Override
    public synchronized void set(String name, @Nullable String level, Duration lasting) {
        Logger logger = context.getLogger(name);
        Passing earlier = passing.remove(logger.getName());
        Level before = earlier == null ? logger.getLevel() : earlier.before;
        boolean isRoot = logger.getName().equals(Logger.ROOT_LOGGER_NAME);
        Level wanted = level == null ? null : Level.toLevel(level);
        // The root has a level always.
        logger.setLevel(wanted == null && isRoot ? Level.INFO : wanted);
        if (!lasting.isZero()) {
            long mine = ++number;
            passing.put(logger.getName(), new Passing(before, System.nanoTime() + lasting.toNanos(), mine));
            var unused = timer.schedule(() -> fallBack(logger, mine), lasting.toMillis(), TimeUnit.MILLISECONDS);
        }
        LOG.atWarn()
                .addKeyValue("logger", logger.getName())
                .addKeyValue("level", String.valueOf(logger.getLevel()))
                .addKeyValue("for", lasting)
                .log("a log level was changed");
    }

    private synchronized void fallBack(Logger logger, long mine) {
        Passing ends = passing.get(logger.getName());
        if (ends != null && ends.number == mine) {
            passing.remove(logger.getName());
            logger.setLevel(ends.before);
            LOG.atInfo().addKeyValue("logger", logger.getName()).log("a log level is what it was");
        }
    }
}
