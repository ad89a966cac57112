package io.rollcall.server.trace;

/**
 * The name of a kind of work.
 *
 * @param text as it is shown
 * @param kind what part it takes between processes
 */
public record SpanName(String text, Kind kind) {

    /** What part a span takes between processes. */
    public enum Kind {
        /** Answers another process. */
        SERVER,
        /** Asks another process. */
        CLIENT,
        /** Tells others something, and waits for nobody. */
        PRODUCER,
        /** Stays within a process. */
        INTERNAL
    }
}
