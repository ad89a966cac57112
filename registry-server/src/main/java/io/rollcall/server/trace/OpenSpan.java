package io.rollcall.server.trace;

import org.jspecify.annotations.Nullable;

/** Work that goes on and is being told of. Thread-safe; once it has ended, nothing more changes it. */
public interface OpenSpan {

    /**
     * Returns what others continue the trace with.
     *
     * @return a W3C {@code traceparent} of version 00 that has the sampled flag
     */
    String traceParent();

    /**
     * Gives it another name, once it is known.
     *
     * @param name of few values
     */
    void rename(String name);

    /**
     * Adds an attribute.
     *
     * @param key its name
     * @param value null for none
     * @return this
     */
    OpenSpan set(String key, @Nullable String value);

    /**
     * Adds an attribute.
     *
     * @param key its name
     * @param value its value
     * @return this
     */
    OpenSpan set(String key, long value);

    /**
     * Notes that something happened now.
     *
     * @param name what
     * @param key the name of an attribute of it
     * @param value its value
     */
    void event(String name, String key, String value);

    /**
     * Marks it as failed.
     *
     * @param type of the error, of few values
     * @param detail what happened; null if the type says it all
     */
    void fail(String type, @Nullable String detail);

    /** Ends it now. */
    void end();

    /**
     * Ends it at a time that has passed.
     *
     * @param nanos by {@link System#nanoTime}
     */
    void end(long nanos);
}
