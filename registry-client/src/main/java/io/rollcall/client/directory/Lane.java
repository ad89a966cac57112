package io.rollcall.client.directory;

import java.time.Duration;

/** The one thread that a directory's state is confined to, and the time that it goes by. */
interface Lane {

    /** Monotonic; only differences mean something. */
    long nanos();

    /** Whether the caller is on it. */
    boolean isHere();

    /** Runs a task behind those that were given before; never here and now. */
    void run(Runnable task);

    /** Runs a task so much later. */
    void after(Duration delay, Runnable task);
}
