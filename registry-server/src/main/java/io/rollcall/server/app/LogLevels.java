package io.rollcall.server.app;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What this node logs of, changed while it runs. Nothing of it outlives the process. */
public interface LogLevels {

    /** From the most to the least. */
    List<String> LEVELS = List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "OFF");

    /** Longest name of a logger, in characters. */
    int LOGGER_MAX = 200;

    /**
     * A level that was set.
     *
     * @param logger whose, and that of all below it
     * @param level one of {@link #LEVELS}
     * @param leftMillis after which it falls back to what it was; null: it stays
     */
    record Set(String logger, String level, @Nullable Long leftMillis) {}

    /**
     * Returns the levels that are set, by the node's configuration or since.
     *
     * @return by logger; {@code ROOT} is that of all others
     */
    List<Set> levels();

    /**
     * Sets a level.
     *
     * @param logger a name, or the beginning of names up to a dot; {@code ROOT} for all
     * @param level one of {@link #LEVELS}; null takes back what was set
     * @param lasting after which it falls back to what it was; zero: never
     */
    void set(String logger, @Nullable String level, Duration lasting);
}
